/** Which neighbour an arrow key leads to: the nearest to the direction of the key. */
import type { Scene, Spot } from "./types";

const DIRECTIONS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function neighbourTowards(scene: Scene, from: Spot, key: string): Spot | null {
  const direction = DIRECTIONS[key];
  if (!direction) return null;
  let best: Spot | null = null;
  let nearest = Infinity;
  for (const { source, target } of scene.ties) {
    const other = source === from ? target : target === from ? source : null;
    if (!other) continue;
    const [x, y] = [other.x - from.x, other.y - from.y];
    const along = x * direction[0] + y * direction[1];
    const off = Math.abs(x * direction[1]) + Math.abs(y * direction[0]);
    if (along > 0 && along + off * 2 < nearest) [best, nearest] = [other, along + off * 2];
  }
  return best;
}
