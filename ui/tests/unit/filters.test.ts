// Chips in an address and as the shell's filter: what goes in comes out, whatever the values hold.
import { describe, expect, it } from "vitest";
import { formatSort, sortOf } from "../../src/shared/filters";
import {
  type Chip,
  formatChip,
  parseChip,
  parseChips,
  searchText,
  toFilter,
} from "../../src/shared/filters/chips";
import { formatDays, parseDays, periodTerm } from "../../src/shared/filters/periods";
import { viewShown } from "../../src/shared/filters/views";
import { dice } from "./dice";

const FIELDS = ["status", "creator", "start", "recorded"] as const;

describe("a chip", () => {
  it("comes back from its text as it was, with any characters in its values", () => {
    const random = dice(11);
    for (let turn = 0; turn < 4000; turn++) {
      const count = 1 + random.int(3);
      const values = Array.from({ length: count }, () => random.text("ab,=!~%2C周会 🎉#&?/\\\"'", 8)).filter(
        (one) => one !== "",
      );
      const chip: Chip = {
        field: random.pick(FIELDS),
        negated: random.next() < 0.5,
        off: random.next() < 0.5,
        values,
      };
      expect(parseChip(formatChip(chip), FIELDS)).toEqual(chip);
    }
  });

  it("reads what people type by hand", () => {
    expect(parseChip("status=active,ended", FIELDS)).toEqual({
      field: "status",
      negated: false,
      off: false,
      values: ["active", "ended"],
    });
    expect(parseChip("~creator!=12", FIELDS)).toEqual({
      field: "creator",
      negated: true,
      off: true,
      values: ["12"],
    });
  });

  it("of a field this list does not have is left out", () => {
    expect(parseChips(["nonsense", "=x", "password=1", "status=a"], FIELDS)).toHaveLength(1);
    expect(parseChips(undefined, FIELDS)).toEqual([]);
  });
});

describe("the shell's filter", () => {
  it("holds only chips that are on and have a value", () => {
    const chips = parseChips(["status!=scheduled", "~recorded=yes", "creator="], FIELDS);
    expect(toFilter("  周会 ", chips)).toEqual({
      search: "周会",
      terms: [{ field: "status", negated: true, values: ["scheduled"] }],
    });
    expect(toFilter("", [])).toEqual({ search: null, terms: [] });
  });

  it("never sends a NUL, nor more text than the shell takes", () => {
    expect(searchText("a\0b")).toBe("ab");
    expect([...searchText("🎉".repeat(900))]).toHaveLength(512);
  });

  it("turns days into moments, the last day included", () => {
    expect(periodTerm("2026-03-01..2026-03-12", true)).toBe(
      "2026-03-01T00:00:00.000Z..2026-03-13T00:00:00.000Z",
    );
    expect(periodTerm("..2026-02-28", true)).toBe("..2026-03-01T00:00:00.000Z");
    expect(periodTerm("today", true, new Date("2026-03-12T23:59:59Z"))).toBe(
      "2026-03-12T00:00:00.000Z..2026-03-13T00:00:00.000Z",
    );
    expect(toFilter("", parseChips(["start=7d"], FIELDS)).terms[0]?.values).toEqual(["7d"]);
  });

  it("takes local midnight where the window shows local time", () => {
    const [from] = periodTerm("2026-03-01..2026-03-01", false).split("..");
    expect(new Date(from ?? "").getHours()).toBe(0);
    expect(new Date(from ?? "").getDate()).toBe(1);
  });
});

describe("a period of days", () => {
  it("puts its ends in order and knows an open one", () => {
    expect(formatDays({ from: "2026-03-12", to: "2026-03-01" })).toBe("2026-03-01..2026-03-12");
    expect(formatDays({ from: null, to: null })).toBe("");
    expect(parseDays("2026-03-01..")).toEqual({ from: "2026-03-01", to: null });
    expect(parseDays("..")).toBeNull();
    expect(parseDays("yesterday")).toBeNull();
  });
});

describe("an order", () => {
  it("is only ever one that an index serves", () => {
    const fallback = { by: "start", descending: true } as const;
    expect(sortOf("-id", ["start", "id"] as const, fallback)).toEqual({ by: "id", descending: true });
    expect(sortOf("title", ["start", "id"] as const, fallback)).toEqual(fallback);
    expect(sortOf(undefined, ["start", "id"] as const, fallback)).toEqual(fallback);
    expect(formatSort({ by: "start", descending: true })).toBe("-start");
  });
});

describe("a saved view", () => {
  it("is recognised by what it shows, whatever row is open beside it", () => {
    const views = [{ name: "Live", search: { f: ["live=yes"] } }];
    expect(viewShown(views, { f: ["live=yes"], show: "7" })?.name).toBe("Live");
    expect(viewShown(views, { f: ["live=yes"], q: "x" })).toBeUndefined();
  });
});
