/** What the server says of a chart, and how the drawing keeps it. */
export interface NodeData {
  id: string;
  kind: string;
  group: string;
  kind_label: string;
  title: string;
  reference: string;
  second: string;
  standing: string;
  standing_label: string;
  state: string;
  kept_until: string;
  kept_until_label: string;
  day: string;
  url: string;
  counts: Record<string, number>;
}

export interface EdgeData {
  source: string;
  target: string;
  role: string;
  is_link: boolean;
  day: string;
}

export interface Suggestion {
  first: string;
  second: string;
  first_title: string;
  second_title: string;
  kind: string;
  reason: string;
  thing: string;
  label: string;
  verdict: string;
}

export interface ChartData {
  nodes: NodeData[];
  edges: EdgeData[];
  suggestions: Suggestion[];
  is_behind: boolean;
}

export interface Placed {
  id: string;
  x: number;
  y: number;
  is_pinned: boolean;
  is_hidden: boolean;
  group: string;
}

export interface PageData {
  chart: ChartData;
  placed: Placed[];
  name: string;
  audience: string;
  centre: string;
  groups: Record<string, string>;
  may_judge: boolean;
  api: string;
}

/** A node as it stands on the drawing. */
export interface Spot {
  id: string;
  data: NodeData;
  x: number;
  y: number;
  fx?: number | null;
  fy?: number | null;
  isHidden: boolean;
  group: string;
  /** How many nodes a group stands for; 0 for a node itself. */
  held: number;
}

export interface Tie {
  source: Spot;
  target: Spot;
  role: string;
  kind: "stated" | "link" | "suggested";
}

export interface Scene {
  spots: Spot[];
  ties: Tie[];
}
