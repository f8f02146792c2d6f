/** What stands on a chart: nodes with their places, what is hidden, grouped or outside the time shown. */
import type { ChartData, NodeData, Placed, Scene, Spot, Suggestion, Tie } from "./types";

const APART = "\u0001";
/** Stands before the name of a group that a person made. */
const BY_HAND = "\u0002";

export class Model {
  readonly spots = new Map<string, Spot>();
  chart: ChartData = { nodes: [], edges: [], suggestions: [], is_behind: false };
  from = "";
  until = "";
  /** The nodes that are chosen together, to be grouped or hidden at once. */
  readonly picked = new Set<string>();
  private readonly groups = new Map<string, Spot>();

  constructor(private readonly kindsOf: (count: number, kind: string) => string) {}

  /** Take what the server says anew: known nodes keep their places, new ones start beside `near`, gone ones leave. */
  take(chart: ChartData, near?: Spot, placed: Placed[] = []): Spot[] {
    this.chart = chart;
    const places = new Map(placed.map((place) => [place.id, place]));
    const told = new Set(chart.nodes.map((node) => node.id));
    for (const id of [...this.spots.keys()]) if (!told.has(id)) this.drop(id);
    const fresh: Spot[] = [];
    for (const [number, data] of chart.nodes.entries()) {
      const known = this.spots.get(data.id);
      if (known) known.data = data;
      else fresh.push(this.add(data, number, near, places.get(data.id)));
    }
    return fresh;
  }

  private drop(id: string): void {
    this.spots.delete(id);
    this.picked.delete(id);
  }

  private add(data: NodeData, number: number, near?: Spot, place?: Placed): Spot {
    const angle = number * 2.399963;
    const far = near ? 60 : 18 * Math.sqrt(number);
    const spot: Spot = { id: data.id, data, x: place?.x ?? (near?.x ?? 0) + far * Math.cos(angle), y: place?.y ?? (near?.y ?? 0) + far * Math.sin(angle), isHidden: place?.is_hidden ?? false, group: place?.group ?? "", held: 0 };
    if (place?.is_pinned) [spot.fx, spot.fy] = [spot.x, spot.y];
    this.spots.set(data.id, spot);
    return spot;
  }

  get ids(): string[] {
    return [...this.spots.keys()];
  }

  get hiddenCount(): number {
    return [...this.spots.values()].filter((spot) => spot.isHidden).length;
  }

  placed(): Placed[] {
    return [...this.spots.values()].map((spot) => ({ id: spot.id, x: Math.round(spot.x), y: Math.round(spot.y), is_pinned: spot.fx != null, is_hidden: spot.isHidden, group: spot.group }));
  }

  /** Neighbours of a node among all that was read, hidden or not. */
  neighbours(id: string): Set<string> {
    const found = new Set<string>();
    for (const edge of this.chart.edges) {
      if (edge.source === id) found.add(edge.target);
      if (edge.target === id) found.add(edge.source);
    }
    return found;
  }

  /** How many neighbours of each group stand on the chart. */
  shownCounts(id: string): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const other of this.neighbours(id)) {
      const group = this.spots.get(other)?.data.group;
      if (group) counts[group] = (counts[group] ?? 0) + 1;
    }
    return counts;
  }

  rolesOf(id: string): { other: Spot; role: string }[] {
    const rows: { other: Spot; role: string }[] = [];
    for (const edge of this.chart.edges) {
      const other = this.spots.get(edge.source === id ? edge.target : edge.target === id ? edge.source : "");
      if (other) rows.push({ other, role: edge.role });
    }
    return rows;
  }

  suggestionsOf(id: string): Suggestion[] {
    return this.chart.suggestions.filter((found) => found.first === id || found.second === id || found.thing === id);
  }

  /** Put the neighbours of a node that have no other into one node for each kind; called again, take them out. */
  toggleGroup(centre: Spot): boolean {
    if (centre.held) {
      for (const spot of this.spots.values()) if (spot.group === centre.id) spot.group = "";
      return true;
    }
    const byKind = new Map<string, Spot[]>();
    for (const id of this.neighbours(centre.id)) {
      const spot = this.spots.get(id);
      if (spot && !spot.isHidden && !spot.group && this.neighbours(id).size === 1) byKind.set(spot.data.kind, [...(byKind.get(spot.data.kind) ?? []), spot]);
    }
    const chosen = [...byKind.entries()].filter(([, spots]) => spots.length > 1);
    for (const [kind, spots] of chosen) for (const spot of spots) spot.group = `${centre.id}${APART}${kind}`.slice(0, 80);
    return chosen.length > 0;
  }

  /** Choose a node together with others, or no more. */
  togglePick(spot: Spot): void {
    if (spot.held) return;
    if (!this.picked.delete(spot.id)) this.picked.add(spot.id);
  }

  get pickedSpots(): Spot[] {
    return [...this.picked].flatMap((id) => this.spots.get(id) ?? []);
  }

  /** Put the nodes that are chosen together into one node of a name. */
  groupPicked(name: string): boolean {
    const chosen = this.pickedSpots;
    if (chosen.length < 2 || !name.trim()) return false;
    for (const spot of chosen) spot.group = `${BY_HAND}${name.trim()}`.slice(0, 80);
    this.picked.clear();
    return true;
  }

  private isInTime(data: NodeData): boolean {
    return !data.day || ((!this.from || data.day >= this.from) && (!this.until || data.day <= this.until));
  }

  /** Return what is drawn now. */
  scene(): Scene {
    const drawn = new Map<string, Spot>();
    for (const spot of this.spots.values()) if (!spot.isHidden && this.isInTime(spot.data)) drawn.set(spot.id, spot);
    this.dropLoose(drawn);
    const stand = this.standFor(drawn);
    const ties = new Map<string, Tie>();
    const tie = (one: string, other: string, role: string, kind: Tie["kind"]): void => {
      const [source, target] = [stand.get(one), stand.get(other)];
      if (source && target && source !== target) ties.set(`${source.id} ${target.id} ${kind}`, { source, target, role, kind });
    };
    for (const edge of this.chart.edges) tie(edge.source, edge.target, edge.role, edge.is_link ? "link" : "stated");
    for (const found of this.chart.suggestions) tie(found.first, found.second, found.reason, "suggested");
    return { spots: [...new Set(stand.values())], ties: [...ties.values()] };
  }

  /** Things that nothing drawn states are not drawn either, while the time is narrowed. */
  private dropLoose(drawn: Map<string, Spot>): void {
    if (!this.from && !this.until) return;
    const held = new Set<string>();
    for (const edge of this.chart.edges) if (drawn.has(edge.source) && drawn.has(edge.target)) held.add(edge.source).add(edge.target);
    for (const [id, spot] of drawn) if (spot.data.kind.startsWith("thing:") && !held.has(id)) drawn.delete(id);
  }

  private standFor(drawn: Map<string, Spot>): Map<string, Spot> {
    const stand = new Map<string, Spot>();
    const held = new Map<string, Spot[]>();
    for (const [id, spot] of drawn) {
      if (spot.group) held.set(spot.group, [...(held.get(spot.group) ?? []), spot]);
      else stand.set(id, spot);
    }
    for (const [name, spots] of held) {
      const first = spots[0];
      if (!first) continue;
      const group = this.groups.get(name) ?? { id: name, data: first.data, x: first.x, y: first.y, isHidden: false, group: "", held: 0 };
      group.held = spots.length;
      const title = name.startsWith(BY_HAND) ? `${name.slice(1)} (${spots.length})` : this.kindsOf(spots.length, first.data.kind_label);
      group.data = { ...first.data, title, standing: "", second: "", reference: "", url: "", counts: {} };
      this.groups.set(name, group);
      for (const spot of spots) stand.set(spot.id, group);
    }
    return stand;
  }
}
