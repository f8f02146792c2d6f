/** The data of a chart, as the server writes it beside its table. */
export interface MonthsData {
  kind: "months";
  title: string;
  series: { name: string; values: (number | null)[] }[];
  categories: { label: string; url?: string }[];
  /** Which months are not over yet, and how that is said: nobody is late for them. */
  open?: { months: boolean[]; words: string };
  last?: { name: string; values: (number | null)[] };
  reported?: { values: number[]; in_time?: number[]; of: number; words?: string; in_time_word?: string; late_word?: string; missing_word?: string };
}

export interface BarsData {
  kind: "bars";
  title: string;
  total?: number;
  rows: { label: string; value: number | null; url?: string; hatched?: boolean }[];
}

export interface GridData {
  kind: "grid";
  title: string;
  columns: string[];
  rows: { label: string; values: (number | null)[]; urls?: (string | null)[]; texts?: (string | null)[]; covered?: boolean[]; total?: string }[];
  column_totals?: string[];
  total?: string;
  /** The words over the totals of rows and columns. */
  all_word?: string;
  missing_legend?: string;
}

/** What a picture is drawn of when it is saved: small cells hold nothing, and `covered` says so. */
export interface Saved {
  picture_url?: string;
  covered?: string;
  covered_word?: string;
  /** What the file is called: the figure, its period and the day, without the ending. */
  file_name?: string;
}

/** A map in the frame of a figure: drawn by its own island, with its table beside it. */
export interface MapFigure {
  kind: "flow" | "points" | "route";
  title: string;
}

export type ChartData = (MonthsData | BarsData | GridData | MapFigure) & Saved;
