// Overview and its parts: only what was read is shown, what is not known is said, one store away leaves the rest.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { domainOf, presenceShape } from "../../src/features/overview/presence";
import type { Health, LiveMeeting, LiveMeetings, StoreState } from "../../src/ipc";
import { HealthHistory, SLOT_MS, SLOTS } from "../../src/ipc/healthHistory";
import { deriveAlerts } from "../../src/shared/alerts";
import { runsOf, timeTicks } from "../../src/shared/charts";
import * as data from "../fixture/data";
import { showAt } from "./harness";

describe("the overview", () => {
  it("shows five stores, the figures, what runs and what was changed", async () => {
    await showAt("/overview");
    const stores = await screen.findByRole("table", { name: "The five stores" });
    await waitFor(() => expect(within(stores).getAllByRole("row")).toHaveLength(6));
    expect(within(stores).getByRole("row", { name: /MongoDB degraded/ })).toBeInTheDocument();
    expect(await screen.findByText("12,904")).toBeInTheDocument();
    expect(await screen.findByText("9 meetings, 150 people")).toBeInTheDocument();
    expect(await screen.findByRole("link", { name: /Weekly product review/ })).toHaveAttribute(
      "href",
      "/meetings/48231",
    );
    expect(screen.getByRole("button", { name: "verify the chain" })).toBeInTheDocument();
  });

  it("keeps the rest when Redis is down, and says which part is not known", async () => {
    await showAt("/overview", { query: "down=redis" });
    expect(await screen.findByText(/Rooms and the queue are missing/)).toBeInTheDocument();
    expect(await screen.findAllByText("room not known")).toHaveLength(9);
    expect(await screen.findByText("12,904")).toBeInTheDocument();
    expect(screen.queryByText("no room")).not.toBeInTheDocument();
  });

  it("says that nothing runs rather than showing nothing", async () => {
    await showAt("/overview", { query: "empty=1" });
    expect(await screen.findByText("No meeting is running")).toBeInTheDocument();
    expect(await screen.findByText("Nothing has been changed through Greenroom yet.")).toBeInTheDocument();
  });

  it("shows a figure's own failure in its place", async () => {
    const problem = {
      code: "store_timeout",
      message: "chat_messages did not answer in 2 s",
      retryable: true,
      hint: null,
      diagnostic_id: "err-1",
      store: "mongodb",
      outcome: null,
    };
    const figures = data.overview.figures.map((figure) =>
      figure.kind === "chat_messages" ? { ...figure, value: null, course: [], problem } : figure,
    );
    await showAt("/overview", { overrides: { overview_get: () => ({ ...data.overview, figures }) } });
    expect(await screen.findByText("318 k")).toBeInTheDocument();
    expect(screen.getByText("not available")).toBeInTheDocument();
  });
});

describe("alerts", () => {
  const live = (items: LiveMeeting[], known = true): LiveMeetings => ({
    items,
    total: items.length,
    rooms_known: known,
    as_of: data.ago(0),
  });

  it("come from stores that are down or degraded, worst first", () => {
    const kinds = deriveAlerts(data.health(new Set(["redis"]))).map(({ id }) => id);
    expect(kinds).toEqual(["redis:down", "mongodb:degraded"]);
  });

  it("name a running meeting that has no room, but not while rooms are not known", () => {
    expect(deriveAlerts(undefined, live(data.live)).map(({ id }) => id)).toEqual(["room:48225"]);
    expect(deriveAlerts(undefined, live(data.live, false))).toEqual([]);
  });

  it("give a meeting that has just begun a minute", () => {
    const [first] = data.live;
    if (!first) throw new Error("the fixture is empty");
    const young = { ...first, in_room: null, meeting: { ...first.meeting, start_time: data.ago(0.5) } };
    expect(deriveAlerts(undefined, live([young]))).toEqual([]);
  });

  it("are none where nothing was read", () => {
    expect(deriveAlerts()).toEqual([]);
  });
});

describe("the shape of a meeting", () => {
  const at = (minute: number) => new Date(minute * 60_000).toISOString();
  const meeting = (start: number, steps: [number, number][]) =>
    ({
      meeting: { start_time: at(start) },
      presence: steps.map(([minute, present]) => ({ at: at(minute), present })),
    }) as LiveMeeting;
  const x = (ms: number) => ms / 60_000;

  it("is as high as the room was full, and mirrored", () => {
    expect(
      presenceShape(
        meeting(0, [
          [10, 1],
          [20, 2],
        ]),
        0,
        30 * 60_000,
        x,
        10,
        8,
      ),
    ).toBe("M0.0 10.0L10.0 6.0L20.0 2.0L30.0 2.0L30.0 18.0L20.0 18.0L10.0 14.0L0.0 10.0Z");
  });

  it("begins with who was in already where the axis begins later", () => {
    expect(presenceShape(meeting(0, [[1, 2]]), 5 * 60_000, 10 * 60_000, x, 10, 8)).toBe(
      "M5.0 2.0L10.0 2.0L10.0 18.0L5.0 18.0Z",
    );
  });

  it("is nothing where nobody came", () => {
    expect(presenceShape(meeting(0, []), 0, 60_000, x, 10, 8)).toBe("");
  });

  it("has an axis of twenty minutes at least and four hours at most", () => {
    const now = 600 * 60_000;
    expect(domainOf([meeting(595, [])], now)).toEqual([now - 20 * 60_000, now]);
    expect(domainOf([meeting(0, [])], now)).toEqual([now - 240 * 60_000, now]);
  });
});

describe("what was seen of the stores", () => {
  const seen = (at: number, state: StoreState, ms: number | null = 3) =>
    ({ as_of: new Date(at).toISOString(), stores: [{ store: "redis", state, latency_ms: ms }] }) as Health;

  it("keeps the worst of each quarter of an hour and leaves the rest unknown", () => {
    const history = new HealthHistory();
    history.add(seen(10 * SLOT_MS, "up"));
    history.add(seen(10 * SLOT_MS + 1, "down", null));
    history.add(seen(10 * SLOT_MS + 2, "up"));
    history.add(seen(12 * SLOT_MS, "degraded"));
    const day = history.day("redis", 12 * SLOT_MS);
    expect(day).toHaveLength(SLOTS);
    expect(day.slice(-4)).toEqual([null, "down", null, "degraded"]);
    expect(history.latencies("redis").map(({ ms }) => ms)).toEqual([3, null, 3, 3]);
  });

  it("is bounded: a day of slots, an hour of samples", () => {
    let kept: object = {};
    const history = new HealthHistory({}, (slots) => {
      kept = slots;
    });
    for (let slot = 0; slot < 500; slot++) history.add(seen(slot * SLOT_MS, "up"));
    expect(Object.keys((kept as { redis: object }).redis)).toHaveLength(SLOTS);
    expect(history.latencies("redis")).toHaveLength(360);
  });

  it("gives the hour by the minute, the slowest answer of each", () => {
    const history = new HealthHistory();
    const now = 600 * 60_000;
    history.add(seen(now - 61 * 60_000, "up", 99));
    history.add(seen(now - 90_000, "up", 5));
    history.add(seen(now - 70_000, "up", 8));
    history.add(seen(now - 1000, "down", null));
    expect(history.hour("redis", now).slice(-3)).toEqual([null, 8, null]);
    expect(history.hour("redis", now)[0]).toBeNull();
  });

  it("does not take connecting for a state", () => {
    const history = new HealthHistory();
    history.add(seen(SLOT_MS, "connecting", null));
    expect(history.day("redis", SLOT_MS).every((slot) => slot === null)).toBe(true);
  });
});

it("a course is drawn in runs around its gaps", () => {
  expect(runsOf([1, null, 2, 3])).toEqual([
    [[0, 1]],
    [
      [2, 2],
      [3, 3],
    ],
  ]);
});

it("an axis has round moments of the zone it is shown in", () => {
  const from = Date.parse("2026-03-12T05:31:00Z");
  const to = Date.parse("2026-03-12T06:32:00Z");
  const shown = timeTicks(from, to, 5, 0).map((at) => new Date(at).toISOString().slice(11, 16));
  expect(shown).toEqual(["05:45", "06:00", "06:15", "06:30"]);
  const halfHourZone = timeTicks(from, to, 2, 5.75 * 3_600_000).map((at) =>
    new Date(at).toISOString().slice(11, 16),
  );
  expect(halfHourZone).toEqual(["06:15"]);
});
