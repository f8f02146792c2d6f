/** The icons of nodes, as paths that canvas and SVG draw alike. */
import barcode from "@tabler/icons/outline/barcode.svg?raw";
import box from "@tabler/icons/outline/box.svg?raw";
import building from "@tabler/icons/outline/building.svg?raw";
import car from "@tabler/icons/outline/car.svg?raw";
import check from "@tabler/icons/outline/clipboard-check.svg?raw";
import card from "@tabler/icons/outline/credit-card.svg?raw";
import file from "@tabler/icons/outline/file-text.svg?raw";
import folders from "@tabler/icons/outline/folders.svg?raw";
import hash from "@tabler/icons/outline/hash.svg?raw";
import id from "@tabler/icons/outline/id.svg?raw";
import mail from "@tabler/icons/outline/mail.svg?raw";
import pin from "@tabler/icons/outline/map-pin.svg?raw";
import parcel from "@tabler/icons/outline/package.svg?raw";
import phone from "@tabler/icons/outline/phone.svg?raw";
import plane from "@tabler/icons/outline/plane.svg?raw";
import ship from "@tabler/icons/outline/ship.svg?raw";
import train from "@tabler/icons/outline/train.svg?raw";
import user from "@tabler/icons/outline/user.svg?raw";
import world from "@tabler/icons/outline/world.svg?raw";

const RAW: Record<string, string> = {
  "record:case": parcel,
  "record:control": check,
  "record:suspect": user,
  "record:company": building,
  "record:conveyance": ship,
  "record:investigation": folders,
  "inline:person": user,
  "inline:company": building,
  "thing:party": building,
  "thing:phone": phone,
  "thing:email": mail,
  "thing:account": card,
  "thing:document": id,
  "thing:container": box,
  "thing:vessel": ship,
  "thing:plate": car,
  "thing:vehicle": car,
  "thing:wagon": train,
  "thing:flight": plane,
  "thing:bill": file,
  "thing:parcel": barcode,
  "thing:address": pin,
  "thing:website": world,
};

const paths = new Map<string, string[]>();

/** The path data of a kind's icon, in a box of 24. */
export function iconOf(kind: string): string[] {
  const known = paths.get(kind);
  if (known) return known;
  const found = [...(RAW[kind] ?? hash).matchAll(/<path d="([^"]+)"/g)].map((match) => match[1] ?? "");
  paths.set(kind, found);
  return found;
}
