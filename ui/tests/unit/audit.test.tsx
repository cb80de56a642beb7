// The trail and its check.
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { differences } from "../../src/features/audit/difference";
import { changesOf } from "../../src/shared/audit";
import * as data from "../fixture/data";
import { showAt } from "./harness";

describe("the audit screen", () => {
  it("shows an entry whole, with what it changed", async () => {
    await showAt("/audit?show=64");
    expect(await screen.findByText("active")).toBeInTheDocument();
    expect(screen.getByText("suspended")).toBeInTheDocument();
    expect(screen.getByText("1 field stayed the same")).toBeInTheDocument();
    expect(screen.getByText(/lin\.shuhe on desk-7/)).toBeInTheDocument();
  });

  it("says that the chain is whole, once it was walked", async () => {
    await showAt("/audit");
    expect(screen.queryByText(/The chain is whole/)).not.toBeInTheDocument();
    await userEvent.click(await screen.findByRole("button", { name: "Verify chain" }));
    expect(await screen.findByText("The chain is whole: 64 entries")).toBeInTheDocument();
  });

  it("leads from a break to its entry", async () => {
    const { router } = await showAt("/audit", { query: "broken=1" });
    await userEvent.click(await screen.findByRole("button", { name: "Verify chain" }));
    expect(await screen.findByText(/broken in 2 places/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "41: edited" }));
    await waitFor(() => expect(router.state.location.search).toEqual({ show: "41" }));
  });
});

describe("a change", () => {
  it("is one line: its outcome, or its intent where none was written", () => {
    const [outcome, intent, ...rest] = data.audit;
    if (!outcome || !intent) throw new Error("the fixture is empty");
    expect(changesOf([outcome, intent]).map(({ result }) => result)).toEqual(["done"]);
    expect(changesOf([intent]).map(({ result }) => result)).toEqual(["pending"]);
    expect(changesOf(rest)).toHaveLength(31);
  });

  it("shows fields by path, changed first, lists whole", () => {
    expect(differences({ a: { b: 1, c: 2 }, l: [1, 2] }, { a: { b: 1, c: 3 }, l: [2, 1], n: "new" })).toEqual(
      [
        { path: "a.c", before: "2", after: "3", changed: true },
        { path: "l", before: "[1,2]", after: "[2,1]", changed: true },
        { path: "n", before: null, after: "new", changed: true },
        { path: "a.b", before: "1", after: "1", changed: false },
      ],
    );
  });

  it("from nothing, to nothing, and of something that is no object", () => {
    expect(differences(null, { a: 1 })).toEqual([{ path: "a", before: null, after: "1", changed: true }]);
    expect(differences("x", null)).toEqual([{ path: "", before: "x", after: null, changed: true }]);
    expect(differences(null, null)).toEqual([]);
  });
});
