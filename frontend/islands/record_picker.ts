/** Turns a field for a reference into a search by name; the field stays in the form and holds the record, or what was typed. */
import "../codes/link_roles";
import { CodePicker, ENGLISH_WORDS } from "../codes/picker";
import { emptyIndex, linkableUrl, NO_RECORDS, toMatches } from "../codes/records";
import type { FoundRecord } from "../codes/records";
import type { Match } from "../codes/search";
import { readWords, registerIsland } from "../shell/island";

const API = "/api/v1";
const ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

registerIsland("record-picker", async (place) => {
  const field = place.querySelector<HTMLInputElement>("input");
  if (!field) return;
  const kinds = place.dataset["kinds"] ?? "";
  const language = document.documentElement.lang || "en";
  const references = new Map<string, string>();
  const types = new Map<string, string>();
  const keep = (found: FoundRecord[], typed: string): Match[] => {
    for (const record of found) {
      references.set(record.id, record.reference);
      types.set(record.id, record.type);
    }
    return toMatches(found, typed, language, !/^\w+$/.test(kinds));
  };
  const index = emptyIndex(language);
  const known = ID.test(field.value) ? keep(await ask(`${API}/linkable?ids=${field.value}`).catch(() => []), "") : [];
  for (const match of known) index.byCode.set(match.code.code, match.code);
  const input = replaceField(field);
  place.append(input);
  input.addEventListener("input", () => (field.value = input.value.trim()));
  new CodePicker(input, {
    index,
    value: known[0]?.code.code ?? "",
    typed: known.length ? "" : field.value,
    words: { ...readWords(place, "picker", ENGLISH_WORDS), ...readWords(place, "record-picker", { none: NO_RECORDS }) },
    isFlat: true,
    note: (id) => references.get(id) ?? "",
    search: async (text) => keep(await ask(linkableUrl(API, text, kinds, place.dataset["without"])), text),
    onLeave: (text) => {
      if (text) field.value = text;
    },
    onChange: (id) => {
      field.value = id;
      field.dataset["kind"] = types.get(id) ?? "";
      field.dispatchEvent(new Event("change", { bubbles: true }));
    },
  });
  if (field.autofocus) input.focus();
});

/** The field keeps its name and is not seen; what is typed into stands in its place, with its label and its errors. */
function replaceField(field: HTMLInputElement): HTMLInputElement {
  const input = document.createElement("input");
  input.type = "text";
  input.className = field.className;
  input.id = field.id;
  input.dir = "auto";
  input.required = field.required;
  for (const name of ["aria-describedby", "aria-invalid", "aria-label", "placeholder"]) {
    const value = field.getAttribute(name);
    if (value) input.setAttribute(name, value);
  }
  field.id = `${field.id}-value`;
  field.required = false;
  field.hidden = true;
  field.tabIndex = -1;
  return input;
}

async function ask(url: string): Promise<FoundRecord[]> {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as FoundRecord[];
}
