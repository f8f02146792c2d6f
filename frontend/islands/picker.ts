/** Turns a <select> (or a text field) of codes into a picker; the select stays in the form and holds the value. */
import { CodePicker, ENGLISH_WORDS } from "../codes/picker";
import { CodeIndex } from "../codes/search";
import type { Code, CodeList, Match } from "../codes/search";
import { readSource, readWords, registerIsland } from "../shell/island";

registerIsland("picker", async (place) => {
  const field = place.querySelector<HTMLSelectElement | HTMLInputElement>("select, input");
  const list = readSource<CodeList>(place) ?? (await fetchList(place.dataset["listUrl"])) ?? (field instanceof HTMLSelectElement ? listFromSelect(field) : null);
  if (!field || !list) return;
  const index = new CodeIndex(list);
  const input = document.createElement("input");
  input.type = "text";
  input.className = "form-control";
  input.id = field.id;
  for (const name of ["aria-describedby", "aria-invalid", "placeholder"]) {
    const value = field.getAttribute(name);
    if (value) input.setAttribute(name, value);
  }
  if (field.classList.contains("is-invalid")) input.classList.add("is-invalid");
  field.id = `${field.id}-value`;
  field.hidden = true;
  field.tabIndex = -1;
  place.append(input);
  const searchUrl = place.dataset["searchUrl"];
  new CodePicker(input, {
    index,
    value: field.value,
    words: readWords(place, "picker", ENGLISH_WORDS),
    ...(searchUrl ? { search: (text: string) => searchThere(searchUrl, text, index) } : {}),
    onChange: (code) => {
      if (field instanceof HTMLSelectElement && code && ![...field.options].some((option) => option.value === code)) field.add(new Option(code, code));
      field.value = code;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    },
  });
});

async function fetchList(url: string | undefined): Promise<CodeList | null> {
  if (!url) return null;
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  return answer.ok ? ((await answer.json()) as CodeList) : null;
}

async function searchThere(url: string, text: string, index: CodeIndex): Promise<Match[]> {
  const address = new URL(url, window.location.href);
  address.searchParams.set("q", text);
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) return [];
  const found = (await answer.json()) as { codes: Code[] };
  return new CodeIndex({ ...index.list, codes: found.codes }).search(text);
}

function listFromSelect(select: HTMLSelectElement): CodeList {
  const language = document.documentElement.lang || "en";
  const codes = [...select.options].filter((option) => option.value).map((option): Code => ({ code: option.value, labels: { [language]: option.text.trim() } }));
  return { list: select.name, codes, language };
}
