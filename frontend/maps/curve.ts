/** A smooth line through points (Catmull-Rom as cubic Béziers). */
export type XY = [number, number];

export function smoothPath(points: XY[]): string {
  const first = points[0];
  if (!first) return "";
  const parts = [`M${round(first)}`];
  for (let index = 0; index < points.length - 1; index += 1) {
    const p0 = points[Math.max(0, index - 1)] ?? first;
    const p1 = points[index] ?? first;
    const p2 = points[index + 1] ?? p1;
    const p3 = points[index + 2] ?? p2;
    const c1: XY = [p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6];
    const c2: XY = [p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6];
    parts.push(`C${round(c1)} ${round(c2)} ${round(p2)}`);
  }
  return parts.join("");
}

/** An arc between two points, bulging upwards; the longer the higher. */
export function arcPath(from: XY, to: XY, bend = 0.22): { path: string; line: XY[] } {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const middle: XY = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  const side = to[0] >= from[0] ? 1 : -1;
  const normal: XY = length ? [((to[1] - from[1]) / length) * side, ((from[0] - to[0]) / length) * side] : [0, -1];
  const control: XY = [middle[0] + normal[0] * length * bend, middle[1] + normal[1] * length * bend];
  const line = Array.from({ length: 25 }, (_, part): XY => {
    const t = part / 24;
    return [0, 1].map((axis) => (1 - t) ** 2 * (from[axis] ?? 0) + 2 * t * (1 - t) * (control[axis] ?? 0) + t ** 2 * (to[axis] ?? 0)) as XY;
  });
  return { path: `M${round(from)}Q${round(control)} ${round(to)}`, line };
}

/** Points along a straight-sided line, close enough together that a label can tell whether it lies on it. */
export function samplePoints(points: XY[], step = 8): XY[] {
  return points.slice(1).flatMap((to, index) => {
    const from = points[index] ?? to;
    const count = Math.max(1, Math.min(60, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / step)));
    return Array.from({ length: count }, (_, part): XY => [from[0] + ((to[0] - from[0]) * part) / count, from[1] + ((to[1] - from[1]) * part) / count]);
  });
}

function round([x, y]: XY): string {
  return `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`;
}
