/** The data of a map, as the server writes it beside the table that says the same. */
export type Role = "departure" | "transit" | "waypoint" | "destination" | "found";

export interface Place {
  name: string;
  lat: number;
  lon: number;
  role: Role;
  note?: string;
  country?: string;
  url?: string;
}

export interface Leg {
  from: number;
  to: number;
  by?: "sea" | "air" | "land" | "mail" | "";
  via?: [number, number][];
  unsure?: boolean;
}

export interface RouteData {
  kind: "route";
  title?: string;
  places: Place[];
  legs?: Leg[];
}

export interface Flow {
  from: string;
  to: string;
  value: number;
  label: string;
  url?: string;
}

export interface FlowData {
  kind: "flow";
  title?: string;
  home: string;
  flows: Flow[];
  shares?: Record<string, number>;
  inset?: { title: string; box: [number, number, number, number] };
  legend?: { to: string; from: string; width: string };
}

export interface Point {
  lat: number;
  lon: number;
  label: string;
  url?: string;
  radius_km?: number;
}

export interface PointsData {
  kind: "points";
  title?: string;
  points: Point[];
}

export type MapData = RouteData | FlowData | PointsData;
