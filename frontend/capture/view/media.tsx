/** Photos: taken, dropped or pasted; captions, and which one stands for the case. */
import { useRef, useState } from "preact/hooks";
import { listAt } from "../model/document";
import { t } from "../words";
import { fieldId, useDesk } from "./desk";
import { Icon } from "./icon";

export function MediaBox({ path }: { path: string }) {
  const { entry, photos } = useDesk();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const items = listAt(entry.document, path);
  const take = (files: FileList | null | undefined): void => {
    if (files?.length) void photos.addFiles([...files]);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer?.files);
  };
  return (
    <div class={`cap-media cap-w12${isOver ? " is-over" : ""}`} data-path={path} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={onDrop}>
      {items.map((item) => <PhotoTile key={String(item["id"])} path={path} id={String(item["id"])} />)}
      <button type="button" id={fieldId(path)} class="cap-add-photo" onClick={() => input.current?.click()}><Icon name="camera" size={20} /><span>{items.length ? t("Add") : t("Photo")}</span></button>
      <input ref={input} type="file" class="visually-hidden" accept="image/*,application/pdf,video/mp4" capture="environment" multiple tabIndex={-1} aria-label={t("Photo")} onChange={(event) => { take(event.currentTarget.files); event.currentTarget.value = ""; }} />
      <p class="cap-media-note caption">{t("Place and time in the photos stay on this node; they are removed from every copy that leaves.")}</p>
    </div>
  );
}

function PhotoTile({ path, id }: { path: string; id: string }) {
  const { entry, photos } = useDesk();
  const at = `${path}[${id}]`;
  const sha256 = entry.text(`${at}.sha256`);
  const caption = entry.text(`${at}.caption`);
  const isMain = entry.get(`${at}.is_main`) === true;
  return (
    <div class="cap-photo" data-path={at}>
      <button type="button" class="photo-frame" aria-pressed={isMain} title={isMain ? t("Main photo") : t("Make this the main photo")} onClick={() => photos.makeMain(id)}>
        <img src={photos.url(sha256)} alt={caption || t("Photo")} />
        {isMain ? <span class="cap-main">{t("main")}</span> : null}
        {photos.isWaiting(sha256) ? <span class="photo-flag">{t("on this device")}</span> : null}
      </button>
      <button type="button" class="cap-photo-remove" aria-label={t("Remove {name}", { name: caption || t("Photo") })} onClick={() => entry.remove(path, id)}><Icon name="x" /></button>
      <input class="cap-caption cap-auto" value={caption} maxLength={400} placeholder={t("caption")} aria-label={t("Caption")} onInput={(event) => entry.set(`${at}.caption`, event.currentTarget.value)} />
    </div>
  );
}

/** Pictures pasted anywhere on the form are photos of the case. */
export function filesIn(event: ClipboardEvent): File[] {
  return [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
}
