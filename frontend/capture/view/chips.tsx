/** A list whose items are one code each, such as the techniques: chips in the short form, items in the full one. */
import type { Json } from "../contract";
import { listAt, newItemId } from "../model/document";
import type { Field } from "../model/schema";
import { ChipBox } from "./code";
import { fieldId, findingsAt, useDesk } from "./desk";
import { Label, levelOf, Messages } from "./field";

export function ItemChips({ field, path }: { field: Field; path: string }) {
  const desk = useDesk();
  const { entry, codes } = desk;
  const asked = field.group?.fields.find((inner) => inner.layout.short);
  if (!asked) return null;
  const id = fieldId(path);
  const findings = findingsAt(entry, path, true);
  const chips = listAt(entry.document, path).map((item) => {
    const code = String(item[asked.name] ?? "");
    const number = typeof item["scan_number"] === "string" ? `, ${item["scan_number"]}` : "";
    return { key: String(item["id"]), text: `${codes.label(asked.codelist, code)}${number}` };
  });
  const addTo = (code: string): Record<string, Json> => {
    const added = newItemId();
    return { [`${path}[${added}]`]: { id: added, [asked.name]: code } };
  };
  return (
    <div class={`field cap-w${field.layout.width}`} data-path={path}>
      <Label field={field} id={id} />
      <ChipBox id={id} desk={desk} path={path} codelist={asked.codelist} patch={addTo} label={field.layout.label} chips={chips} css={levelOf(findings)} add={(code) => entry.add(path, { [asked.name]: code })} remove={(key) => entry.remove(path, key)} />
      <Messages id={id} findings={findings} path={path} />
    </div>
  );
}
