// The states every screen shares.
import { act, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { startI18n } from "../../src/i18n";
import enErrors from "../../src/i18n/en/errors.json";
import zhErrors from "../../src/i18n/zh-CN/errors.json";
import { type ApiError, ApiFailure, type ErrorCode, toFailure } from "../../src/ipc";
import { ErrorState, PartialBanner, SkeletonRows } from "../../src/shared/feedback";
import { setUp, show } from "./harness";

const CODES = Object.keys(enErrors) as ErrorCode[];
const failure = (code: ErrorCode, more: Partial<ApiError> = {}): ApiError => ({
  code,
  message: "S3 answered 503 Slow Down",
  retryable: true,
  hint: null,
  diagnostic_id: "err-01JQ4M7V2K",
  store: "s3",
  outcome: null,
  ...more,
});

beforeEach(async () => {
  await setUp();
});

describe("an error", () => {
  it.each(["en", "zh-CN"] as const)("has words for every code in %s", async (language) => {
    await startI18n(language);
    const words = language === "en" ? enErrors : zhErrors;
    for (const code of CODES) {
      const { unmount } = show(<ErrorState error={failure(code)} />);
      const alert = screen.getByRole("alert");
      expect(alert).toHaveTextContent(words[code].title);
      expect(alert).toHaveTextContent(words[code].advice);
      expect(alert).toHaveTextContent("err-01JQ4M7V2K");
      unmount();
    }
  });

  it("says what became of a change, and that an unknown outcome is unknown", () => {
    show(
      <ErrorState
        error={failure("store_timeout", { outcome: "unknown" })}
        title="The recording was not renamed"
      />,
    );
    expect(screen.getByRole("alert")).toHaveTextContent("it may or may not have taken effect");
    expect(screen.getByRole("heading")).toHaveTextContent(
      "The recording was not renamed: The store did not answer in time",
    );
  });

  it("is an ApiFailure whatever was thrown", () => {
    expect(toFailure(failure("conflict")).api.code).toBe("conflict");
    expect(toFailure("invalid args").api).toMatchObject({ code: "internal", message: "invalid args" });
    const same = new ApiFailure(failure("not_found"));
    expect(toFailure(same)).toBe(same);
  });
});

describe("a partial screen", () => {
  it("says which store is missing and what that leaves blank", async () => {
    await setUp({ query: "down=redis" });
    show(<PartialBanner stores={["postgres", "redis"]} missing={{ redis: "Rooms are missing." }} />);
    const banner = await screen.findByRole("status");
    expect(banner).toHaveTextContent(/Redis is not reachable since .* Rooms are missing\./);
  });

  it("says nothing when all it needs answer", async () => {
    await setUp({ query: "down=redis" });
    const { client } = show(<PartialBanner stores={["postgres"]} />);
    await waitFor(() => expect(client.getQueryData(["health"])).toBeDefined());
    expect(screen.queryByRole("status")).not.toBeInTheDocument();
  });
});

it("a skeleton shows only after 150 ms", () => {
  vi.useFakeTimers();
  show(<SkeletonRows columns={[80, 120]} rows={2} />);
  act(() => void vi.advanceTimersByTime(149));
  expect(screen.queryByRole("status")).not.toBeInTheDocument();
  act(() => void vi.advanceTimersByTime(1));
  expect(screen.getByRole("status", { name: "Loading" })).toBeInTheDocument();
  vi.useRealTimers();
});
