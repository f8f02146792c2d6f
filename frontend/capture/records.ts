/** Records that a field may name: found on the server under the lock; their names stay in memory only. */
import { emptyIndex, linkableUrl, toMatches } from "../codes/records";
import type { FoundRecord } from "../codes/records";
import type { CodeIndex, Match } from "../codes/search";
import { LineLost, Refused } from "./api";
import type { Api } from "./api";

const SEVERAL = /[\s,]/;

export class Records {
  readonly index: CodeIndex;
  private readonly found = new Map<string, FoundRecord>();
  private readonly asked = new Set<string>();

  constructor(
    private readonly api: Api,
    private readonly language: string,
    private readonly onLoad: () => void,
  ) {
    this.index = emptyIndex(language);
  }

  /** Without a line it throws: who asks says so, and keeps what was typed. */
  async search(kinds: string, text: string): Promise<Match[]> {
    return this.keep(await this.api.findRecords(linkableUrl("", text, kinds)), text, SEVERAL.test(kinds));
  }

  /** What a record is called; empty while that is asked, and for one that is not to be seen. */
  title(id: string): string {
    const known = this.found.get(id);
    if (id && !this.index.byCode.has(id)) this.index.byCode.set(id, { code: id, labels: { [this.language]: `…${id.slice(-8)}` } });
    if (!known && id && !this.asked.has(id)) void this.load(id);
    return known?.title ?? "";
  }

  reference(id: string): string {
    return this.found.get(id)?.reference ?? "";
  }

  private async load(id: string): Promise<void> {
    this.asked.add(id);
    try {
      this.keep(await this.api.findRecords(`/linkable?ids=${encodeURIComponent(id)}`), "", false);
      if (this.found.has(id)) this.onLoad();
    } catch (error) {
      if (!(error instanceof LineLost) && !(error instanceof Refused)) throw error;
      window.setTimeout(() => this.asked.delete(id), 5000);
    }
  }

  private keep(records: FoundRecord[], typed: string, saysKind: boolean): Match[] {
    for (const record of records) this.found.set(record.id, record);
    const matches = toMatches(records, typed, this.language, saysKind);
    for (const match of matches) this.index.byCode.set(match.code.code, match.code);
    return matches;
  }
}
