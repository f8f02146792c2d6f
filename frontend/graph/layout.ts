/** Where nodes come to stand: springs between the connected, distance between all, pinned ones stay. */
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import type { Simulation, SimulationLinkDatum } from "d3-force";
import type { Scene, Spot } from "./types";

type Spring = SimulationLinkDatum<Spot>;

const TICKS_SMALL = 200;

export class Layout {
  private readonly simulation: Simulation<Spot, Spring> = forceSimulation<Spot>().stop();

  /** Lay a scene out anew; `alpha` tells how much may still move. */
  start(scene: Scene, alpha: number): void {
    const isLarge = scene.spots.length > 1500;
    const springs: Spring[] = scene.ties.filter((tie) => tie.kind !== "suggested").map((tie) => ({ source: tie.source, target: tie.target }));
    this.simulation
      .nodes(scene.spots)
      .force("link", forceLink<Spot, Spring>(springs).distance(86).strength(isLarge ? 0.3 : 0.5))
      .force("charge", forceManyBody<Spot>().strength(isLarge ? -60 : -420).theta(isLarge ? 1.2 : 0.9).distanceMax(isLarge ? 400 : 900))
      .force("collide", isLarge ? null : forceCollide<Spot>(34).iterations(1))
      .force("x", forceX<Spot>(0).strength(0.025))
      .force("y", forceY<Spot>(0).strength(0.06))
      .alphaDecay(isLarge ? 0.05 : 0.0228)
      .alpha(alpha);
  }

  get isMoving(): boolean {
    return this.simulation.alpha() > 0.02;
  }

  /** Move on for at most some milliseconds of a frame. */
  step(milliseconds: number): void {
    const end = performance.now() + milliseconds;
    do this.simulation.tick();
    while (this.isMoving && performance.now() < end);
  }

  /** Settle a small chart before it is first shown, so that it does not fly about. */
  settle(scene: Scene): void {
    if (scene.spots.length > 600) return;
    for (let tick = 0; tick < TICKS_SMALL && this.isMoving; tick += 1) this.simulation.tick();
  }

  warm(alpha: number): void {
    this.simulation.alpha(Math.max(alpha, this.simulation.alpha()));
  }
}
