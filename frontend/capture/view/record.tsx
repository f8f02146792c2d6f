/** A record in a field: found by its name, shown with its reference; one that is not to be seen says so. */
import { useEffect, useRef } from "preact/hooks";
import { CodePicker } from "../../codes/picker";
import type { Json } from "../contract";
import { isEmpty, joinPath, parentPath } from "../model/document";
import { t } from "../words";
import { clearSettled, pickerWords, suggestChoices } from "./code";
import type { ControlProps } from "./control";

/** A person or company of a case takes the name of its record where it has none yet. */
const NAMED_BY = new Set(["suspect", "company"]);

export function RecordChoice({ id, describedBy, css, label, field, path, desk }: ControlProps) {
  const { records } = desk.codes;
  const value = desk.entry.text(path);
  const waiting = desk.entry.unchosen[path]?.text ?? "";
  const title = records.title(value);
  const host = useRef<HTMLDivElement>(null);
  const picker = useRef<CodePicker | null>(null);
  const choose = (record: string): void => {
    const changed: Record<string, Json> = { [path]: record };
    const nameAt = joinPath(parentPath(path), "name");
    const isNamed = NAMED_BY.has(field.name) && desk.entry.form.byPath.has(joinPath(parentPath(field.path), "name"));
    if (record && isNamed && isEmpty(desk.entry.get(nameAt))) changed[nameAt] = records.title(record);
    desk.entry.setMany(changed);
  };
  const latest = useRef(choose);
  latest.current = choose;
  useEffect(() => {
    const input = document.createElement("input");
    input.type = "text";
    input.id = id;
    input.dir = "auto";
    host.current?.replaceChildren(input);
    picker.current = new CodePicker(input, {
      index: records.index,
      value,
      typed: waiting,
      words: { ...pickerWords(), none: t("Nothing that you may see is called so. Try fewer letters, or the reference.") },
      isFlat: true,
      note: (chosen) => records.reference(chosen),
      search: (text) => records.search(field.recordsOf, text),
      onLeave: (text, near) => desk.entry.leaveUnchosen(path, text, suggestChoices(near, (chosen) => ({ [path]: chosen }))),
      onChange: (chosen) => latest.current(chosen),
    });
    if (waiting) void picker.current.settle();
    return () => host.current?.replaceChildren();
  }, [id, field.recordsOf]);
  useEffect(() => clearSettled(picker.current, waiting), [waiting]);
  useEffect(() => {
    const drawn = picker.current;
    if (!drawn || (drawn.typed && drawn.value === value)) return;
    if (drawn.value !== value || (title && document.activeElement !== drawn.input)) drawn.value = value;
  }, [value, title]);
  useEffect(() => {
    const input = picker.current?.input;
    if (!input) return;
    input.className = `form-control ${css}`;
    input.placeholder = t("Name or reference");
    if (label) input.setAttribute("aria-label", label);
    if (describedBy) input.setAttribute("aria-describedby", describedBy);
    else input.removeAttribute("aria-describedby");
  }, [css, label, describedBy]);
  return <div class="cap-typing" ref={host} />;
}
