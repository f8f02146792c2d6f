/** What the databases are called in the entry application. */
import { t } from "./words";

export interface DatabaseWords { new: string; one: string; list: string; another: string }

/** Databases whose records no second person validates. */
export const UNCHECKED = ["control", "investigation"];

export function wordsOf(type: string): DatabaseWords {
  switch (type) {
    case "control":
      return { new: t("New check"), one: t("Check"), list: t("Checks"), another: t("Log another check") };
    case "suspect":
      return { new: t("New suspect"), one: t("Suspect"), list: t("Suspects"), another: t("Record another suspect") };
    case "company":
      return { new: t("New company"), one: t("Company"), list: t("Companies"), another: t("Record another company") };
    case "conveyance":
      return { new: t("New conveyance"), one: t("Conveyance"), list: t("Conveyances"), another: t("Record another conveyance") };
    case "investigation":
      return { new: t("Open an investigation"), one: t("Investigation"), list: t("Investigations"), another: t("Open an investigation") };
    default:
      return { new: t("New seizure"), one: t("Seizure"), list: t("Seizures"), another: t("Record another seizure") };
  }
}
