// The one error a call to the shell ends with. Nothing else is thrown by src/ipc, so that
// every `error` of a query is one of these and the table from code to words can be total.
import type { ApiError } from "./bindings";

export class ApiFailure extends Error {
  readonly api: ApiError;

  constructor(api: ApiError) {
    super(api.message);
    this.name = "ApiFailure";
    this.api = api;
  }
}

function isApiError(value: unknown): value is ApiError {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as ApiError).code === "string" &&
    typeof (value as ApiError).message === "string"
  );
}

/** Whatever was thrown, as the one error the page knows. */
export function toFailure(thrown: unknown): ApiFailure {
  if (thrown instanceof ApiFailure) return thrown;
  if (isApiError(thrown)) return new ApiFailure(thrown);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new ApiFailure({
    code: "internal",
    message,
    retryable: false,
    hint: null,
    diagnostic_id: "",
    store: null,
    outcome: null,
  });
}
