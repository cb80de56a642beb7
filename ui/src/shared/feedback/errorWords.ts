// From an error to words, in the language in use. The table is total: a new code does not compile until both languages have it.
import type { TFunction } from "i18next";
import type enErrors from "../../i18n/en/errors.json";
import type zhErrors from "../../i18n/zh-CN/errors.json";
import { type ApiError, type ErrorCode, type Outcome, STORE_TITLE, toFailure } from "../../ipc";

type Words = { title: string; advice: string };
type Total<T extends Record<ErrorCode, Words>> = T;
/** Fails to compile where a language lacks a code. */
export type EveryCodeHasWords = [Total<typeof enErrors>, Total<typeof zhErrors>];

export function errorWords(t: TFunction<["errors", "shared"]>, thrown: unknown) {
  const api: ApiError = toFailure(thrown).api;
  const outcomes: Record<Outcome, string> = {
    done: t("shared:error.outcomeDone"),
    not_done: t("shared:error.outcomeNotDone"),
    unknown: t("shared:error.outcomeUnknown"),
  };
  return {
    api,
    title: t(`errors:${api.code}.title`),
    advice: t(`errors:${api.code}.advice`),
    store: api.store === null ? null : STORE_TITLE[api.store],
    outcome: api.outcome === null ? null : outcomes[api.outcome],
  };
}
