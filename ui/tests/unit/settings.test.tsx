// Settings: what is chosen takes effect and is remembered; secrets go in and never come back.
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import {
  complete,
  emptyProfile,
  secretInputs,
  splitAddresses,
} from "../../src/features/settings/profileForm";
import type { Profile } from "../../src/ipc";
import { demoProfile } from "../fixture/ipc";
import { showAt } from "./harness";

describe("appearance", () => {
  it("is remembered within a second", async () => {
    const { kept } = await showAt("/settings");
    await userEvent.click(await screen.findByRole("radio", { name: "Dark" }));
    await waitFor(() => expect(kept.get("theme")).toBe("dark"), { timeout: 1000 });
  });

  it("turns to Chinese at once, shell and all", async () => {
    await showAt("/settings", { preferences: [{ key: "language", value: "zh-CN" }], language: "zh-CN" });
    expect(await screen.findByRole("heading", { name: "设置" })).toBeInTheDocument();
    expect(screen.getByRole("navigation", { name: "页面" })).toHaveTextContent("总览人员");
  });
});

describe("a profile", () => {
  it("is tested with what is in the form, and each store's failure is told in words", async () => {
    const test = vi.fn();
    const user = userEvent.setup();
    await showAt("/settings?section=profiles&profile=demo", {
      overrides: {
        profile_test: (args: { secrets: unknown }) => {
          test(args.secrets);
          return {
            as_of: new Date().toISOString(),
            stores: [
              {
                store: "redis",
                state: "down",
                latency_ms: null,
                version: null,
                role: null,
                tls: false,
                address: "",
                detail: null,
                problem: {
                  code: "store_auth",
                  message: "WRONGPASS",
                  retryable: false,
                  hint: null,
                  diagnostic_id: "err-9",
                  store: "redis",
                  outcome: null,
                },
                since: new Date().toISOString(),
                next_attempt_at: null,
                pool: null,
                holds_bytes: null,
              },
            ],
          };
        },
      },
    });
    const redis = within(await screen.findByRole("group", { name: "Redis" }));
    await user.type(redis.getByLabelText("Password"), "s3cret");
    await user.click(screen.getByRole("button", { name: "Test connection" }));
    expect(await redis.findByText("The store refuses user or password")).toBeInTheDocument();
    expect(test).toHaveBeenCalledWith([{ store: "redis", secret: "s3cret" }]);
  });

  it("says where each secret is kept and never shows one", async () => {
    await showAt("/settings?section=profiles&profile=demo");
    const postgres = within(await screen.findByRole("group", { name: "PostgreSQL" }));
    expect(await postgres.findByText("kept in the profile’s secrets file")).toBeInTheDocument();
    expect(postgres.getByLabelText("Password")).toHaveValue("");
    expect(within(screen.getByRole("group", { name: "etcd" })).getByText("kept nowhere")).toBeInTheDocument();
  });

  it("keeps a draft without its secrets", async () => {
    const { kept } = await showAt("/settings?section=profiles&new=true");
    const user = userEvent.setup();
    await user.type(await screen.findByLabelText(/^Name/), "prod");
    await user.type(
      within(screen.getByRole("group", { name: "S3" })).getByLabelText("Secret access key"),
      "very-secret",
    );
    await waitFor(() => expect(kept.get("draft.profile")).toMatchObject({ name: "prod" }));
    expect(JSON.stringify([...kept])).not.toContain("very-secret");
  });

  it("is forgotten only once its name was typed", async () => {
    const forget = vi.fn(() => null);
    const user = userEvent.setup();
    await showAt("/settings?section=profiles&profile=demo", { overrides: { profile_delete: forget } });
    await user.click(await screen.findByRole("button", { name: "Forget this profile" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByRole("button", { name: "Forget this profile" })).toBeDisabled();
    await user.type(dialog.getByLabelText("Type demo to confirm"), "demo");
    await user.click(dialog.getByRole("button", { name: "Forget this profile" }));
    await waitFor(() => expect(forget).toHaveBeenCalledWith({ name: "demo" }));
  });
});

describe("no profile", () => {
  it("says what to do", async () => {
    await showAt("/overview", { query: "noprofile=1" });
    expect(await screen.findByText("greenroom stack up --seed demo")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "New profile" })).toBeInTheDocument();
  });

  it("says why the one asked for is not open, and takes the passphrase", async () => {
    const unlock = vi.fn(() => null);
    const user = userEvent.setup();
    await showAt("/overview", { query: "noprofile=1&locked=1", overrides: { vault_unlock: unlock } });
    expect(await screen.findByText("The vault is locked")).toBeInTheDocument();
    await user.type(screen.getByLabelText("Passphrase of the encrypted secrets"), "open sesame");
    await user.click(screen.getByRole("button", { name: "Unlock and open" }));
    await waitFor(() => expect(unlock).toHaveBeenCalledWith({ passphrase: "open sesame" }));
  });
});

describe("the rung", () => {
  it("asks before production can be changed, and staying is the answer at hand", async () => {
    const user = userEvent.setup();
    await showAt("/settings", { query: "profile=meet-prod" });
    await user.click(await screen.findByRole("button", { name: "Observe" }));
    expect(await screen.findByText("Edit in meet-prod?")).toBeInTheDocument();
    await waitFor(() => expect(screen.getByRole("button", { name: "Stay in Observe" })).toHaveFocus());
    await user.click(screen.getByRole("button", { name: "Switch to Edit" }));
    expect(await screen.findByRole("button", { name: /^Edit\s*14:/ })).toHaveAttribute(
      "aria-pressed",
      "true",
    );
  });
});

describe("the form", () => {
  it("fills in what a profile's file may leave out", () => {
    const { tls: _, pool: __, ...postgres } = demoProfile.postgres;
    const whole = complete({ ...demoProfile, postgres } as Profile);
    expect(whole.postgres.pool).toEqual({ max_idle: 10, max_open: 100, max_lifetime_s: 3600 });
    expect(whole.postgres.tls.enabled).toBe(false);
    expect(complete(emptyProfile())).toEqual(emptyProfile());
  });

  it("reads addresses however they are separated", () => {
    expect(splitAddresses(" a:1, b:2;c:3\n d:4 ")).toEqual(["a:1", "b:2", "c:3", "d:4"]);
    expect(splitAddresses("  ")).toEqual([]);
  });

  it("sends only secrets that were entered", () => {
    expect(secretInputs({ redis: "", s3: "x" })).toEqual([{ store: "s3", secret: "x" }]);
  });
});
