// People, meetings and recordings as whole screens on invented data: the five states, keys, selection, the pane, playing.
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent, { PointerEventsCheckLevel } from "@testing-library/user-event";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { getPreference } from "../../src/ipc";
import { showAt } from "./harness";

// jsdom lays nothing out: every element is a window of 700 x 1400.
const sizes: [string, number][] = [
  ["clientHeight", 700],
  ["clientWidth", 1400],
  ["offsetWidth", 1400],
];
const before = new Map<string, PropertyDescriptor | undefined>();
const width = window.innerWidth;
beforeAll(() => {
  for (const [name, value] of sizes) {
    before.set(name, Object.getOwnPropertyDescriptor(HTMLElement.prototype, name));
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => value });
  }
  window.innerWidth = 1440;
  HTMLMediaElement.prototype.load = () => {};
  HTMLMediaElement.prototype.pause = () => {};
});
afterAll(() => {
  for (const [name, descriptor] of before) {
    if (descriptor) Object.defineProperty(HTMLElement.prototype, name, descriptor);
    else Reflect.deleteProperty(HTMLElement.prototype, name);
  }
  window.innerWidth = width;
});

// Asking the style of every ancestor before each click costs seconds in jsdom and proves nothing here.
const user = userEvent.setup({ delay: null, pointerEventsCheck: PointerEventsCheckLevel.Never });
const grid = (name: string) => screen.findByRole("grid", { name });
const down = {
  code: "store_down",
  retryable: true,
  hint: null,
  diagnostic_id: "err-01JQ4M7V2K",
  outcome: null,
};

describe("a list", () => {
  it("shows its rows, how many of how many, and how old they are", async () => {
    await showAt("/meetings");
    const list = await grid("Meetings");
    await screen.findByText(/200 of 600/);
    expect(list).toHaveAttribute("aria-rowcount", "600");
    expect(within(list).getAllByRole("row").length).toBeLessThan(60);
    expect(within(list).getByRole("columnheader", { name: /Start/ })).toHaveAttribute(
      "aria-sort",
      "descending",
    );
  });

  it("goes by keys: rows, selection, select all, clear", async () => {
    await showAt("/people");
    const list = await grid("People");
    await screen.findByText(/200 of 240/);
    act(() => list.focus());
    await user.keyboard("{ArrowDown}{ArrowDown}");
    expect(list.getAttribute("aria-activedescendant")).toMatch(/-2$/);
    await user.keyboard("{Shift>}{ArrowDown}{/Shift}");
    expect(await screen.findByText("2 selected")).toBeVisible();
    await user.keyboard("{Control>}a{/Control}");
    expect(await screen.findByText("200 selected")).toBeVisible();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByText("200 selected")).toBeNull());
  });

  it("shows a row beside itself with Space, and opens it as a page with Enter", async () => {
    const { router } = await showAt("/people");
    const list = await grid("People");
    await screen.findByText(/200 of 240/);
    act(() => list.focus());
    await user.keyboard(" ");
    await waitFor(() => expect(router.state.location.search).toEqual({ show: "1000" }));
    expect(await screen.findByRole("complementary", { name: /person shown/ })).toBeVisible();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(router.state.location.pathname).toBe("/people/1000"));
  });

  it("does nothing while an input method is composing", async () => {
    const { router } = await showAt("/people");
    const list = await grid("People");
    await screen.findByText(/200 of 240/);
    act(() => list.focus());
    fireEvent.keyDown(list, { key: "Enter", keyCode: 229 });
    fireEvent.keyDown(list, { key: " ", isComposing: true });
    expect(router.state.location.href).toBe("/people");
  });

  it("sorts only by what an index serves", async () => {
    const { router } = await showAt("/people");
    const list = await grid("People");
    await user.click(within(list).getByRole("button", { name: /E-mail/ }));
    await waitFor(() => expect(router.state.location.search).toEqual({ sort: "-email" }));
    expect(within(list).queryByRole("button", { name: /^Role/ })).toBeNull();
  });

  it("remembers which columns were chosen", async () => {
    await showAt("/meetings");
    await screen.findByText(/200 of 600/);
    await user.click(screen.getByRole("button", { name: "Columns" }));
    await user.click(await screen.findByRole("checkbox", { name: "Creator" }));
    await waitFor(() => expect(screen.queryByRole("columnheader", { name: /Creator/ })).toBeNull());
    expect(getPreference<{ shown?: string[] }>("grid.meetings", {}).shown).not.toContain("creator");
  });

  it("searches after a pause, never half a word that is being composed", async () => {
    const { router } = await showAt("/meetings");
    const box = await screen.findByRole("textbox", { name: "Title, description" });
    fireEvent.compositionStart(box);
    fireEvent.change(box, { target: { value: "zhou" } });
    fireEvent.keyDown(box, { key: "Enter", isComposing: true });
    await new Promise((go) => setTimeout(go, 350));
    expect(router.state.location.search).toEqual({});
    fireEvent.change(box, { target: { value: "周会" } });
    fireEvent.compositionEnd(box);
    await waitFor(() => expect(router.state.location.search).toEqual({ q: "周会" }));
  });

  it("takes its filters from the address, and says why it is empty", async () => {
    const { router } = await showAt('/meetings?f=%5B"status%3Dno-such-state"%5D');
    expect(await screen.findByText("Nothing matches")).toBeVisible();
    await user.click(screen.getByRole("button", { name: /Switch off/ }));
    await waitFor(() => expect(router.state.location.search).toEqual({ f: ["~status=no-such-state"] }));
    expect(await grid("Meetings")).toBeVisible();
  });

  it("that is empty as it is says so", async () => {
    await showAt("/recordings", { query: "empty=1" });
    expect(await screen.findByText("There are no recordings")).toBeVisible();
  });

  it("whose store is away says what failed, and the next step", async () => {
    await showAt("/people", { query: "down=postgres" });
    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent("The people were not read");
    expect(within(alert).getByRole("button", { name: /Try again/ })).toBeVisible();
    expect(await screen.findByText(/PostgreSQL is not reachable/)).toBeVisible();
  });

  it("shows its rows after a retry, all of them drawn", async () => {
    let asked = 0;
    await showAt("/people", {
      overrides: {
        user_list: () => {
          if (asked++ === 0) throw { ...down, store: "postgres", message: "refused" };
          const one = { id: "7", username: "back.again", email: "b@example.org", full_name: "Back Again" };
          const rest = {
            avatar_url: null,
            status: "active",
            role: "user",
            created_at: null,
            updated_at: null,
          };
          const items = [{ ...one, ...rest, deleted_at: null }];
          return { items, next: null, total: null, estimated: false, as_of: new Date().toISOString() };
        },
      },
    });
    const alert = await screen.findByRole("alert");
    await user.click(within(alert).getByRole("button", { name: /Try again/ }));
    expect(await screen.findByText("back.again")).toBeVisible();
  });

  it("shows bones while it is read slowly", async () => {
    await showAt("/people", { query: "slow=2500" });
    expect(await screen.findByRole("status", { name: "Loading" })).toBeVisible();
  });

  it("is complete in Chinese", async () => {
    await showAt("/meetings", { language: "zh-CN" });
    expect(await grid("会议")).toBeVisible();
    expect(await screen.findByText(/已载入 200，共 600/)).toBeVisible();
  });
});

describe("a meeting over five stores", () => {
  it("shows each part with its store, and where room and rows differ", async () => {
    await showAt("/meetings/48227");
    expect(await screen.findByRole("heading", { name: "研发周会 · 媒体组" })).toBeVisible();
    for (const part of [
      "On one clock",
      "Room now",
      "Recordings",
      "Documents",
      "Chat",
      "Logs",
      "AI results",
      "Streams",
    ]) {
      expect(await screen.findByRole("region", { name: part })).toBeVisible();
    }
    expect(await screen.findByText("room:48227")).toBeVisible();
    expect(await screen.findByText(/PostgreSQL: 10/)).toBeVisible();
    expect(await screen.findByText("Bitrate drops again on the Lagos leg")).toBeVisible();
  });

  it("keeps standing where Redis and MongoDB are away, and says what is missing", async () => {
    await showAt("/meetings/48227", { query: "down=redis,mongodb" });
    expect(await screen.findByRole("region", { name: "On one clock" })).toBeVisible();
    const room = await screen.findByRole("region", { name: "Room now" });
    expect(await within(room).findByRole("button", { name: "Try again" })).toBeVisible();
    expect(await screen.findByText(/room's state is missing/)).toBeVisible();
    const documents = await screen.findByRole("region", { name: "Documents" });
    expect(await within(documents).findByText("meeting_48227_notes.pdf")).toBeVisible();
  });

  it("that is not there says so", async () => {
    await showAt("/meetings/1");
    expect(await screen.findByRole("alert")).toHaveTextContent("Meeting 1 was not read");
  });
});

describe("a person", () => {
  it("shows account, sessions with how far the scan came, permissions, meetings", async () => {
    await showAt("/people/1002");
    expect(await screen.findByRole("heading", { name: "周文澜" })).toBeVisible();
    expect(await screen.findByText("1 in 412 keys")).toBeVisible();
    expect(await screen.findByText("create")).toBeVisible();
    expect((await screen.findAllByText("Weekly product review")).length).toBeGreaterThan(0);
  });

  it("cannot be suspended in Observe, and the button says why", async () => {
    await showAt("/people/1002");
    const button = await screen.findByRole("button", { name: "Suspend" });
    await waitFor(() => expect(button).toHaveAttribute("aria-disabled", "true"));
    await user.click(button);
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(button).toHaveAccessibleDescription(/Observe/);
  });

  it("is suspended after the change was shown, with its reason and what was seen", async () => {
    let asked: unknown;
    await showAt("/people/1002", {
      overrides: {
        rung_get: () => ({ rung: "edit", falls_back_at: null, read_only: false }),
        user_set_status: ({ request }: { request: unknown }) => {
          asked = request;
          throw {
            ...down,
            code: "conflict",
            store: "postgres",
            retryable: false,
            outcome: "not_done",
            message: "user 1002 is inactive by now",
          };
        },
      },
    });
    const button = await screen.findByRole("button", { name: "Suspend" });
    await waitFor(() => expect(button).toHaveAttribute("aria-disabled", "false"));
    await user.click(button);
    const dialog = await screen.findByRole("dialog");
    expect(dialog).toHaveTextContent("users.1002.status");
    fireEvent.change(within(dialog).getByLabelText(/Reason/), { target: { value: "left the company" } });
    await user.click(within(dialog).getByRole("button", { name: "Suspend" }));
    expect(await within(dialog).findByText(/inactive by now/)).toBeVisible();
    expect(within(dialog).getByRole("button", { name: "Read again" })).toBeVisible();
    expect(asked).toEqual({
      id: "1002",
      status: "suspended",
      expected: "active",
      reason: "left the company",
    });
  });
});

describe("a recording", () => {
  const playable = {
    recording_open: () => ({
      recording: {
        id: "30114",
        meeting_id: "48231",
        meeting_title: "Weekly product review",
        meeting_start: "2026-03-12T05:55:00Z",
        file_path: "recordings/meeting_48231/recording_20260312_055612.mp4",
        size_bytes: 1_400_000_000,
        duration_s: 7500,
        format: "mp4",
        status: "completed",
        created_at: "2026-03-12T05:56:12Z",
        updated_at: null,
      },
      url: "http://127.0.0.1:9/token/recording",
      expires_at: null,
      size_bytes: 1_400_000_000,
      content_type: "video/mp4",
      container: {
        kind: "mp4",
        index_at: "end",
        truncated: false,
        codecs: ["avc1", "mp4a"],
        has_audio: true,
      },
      problems: [],
      log_key: null,
    }),
  };

  it("has a picture with named controls, a slider over the whole, and what happened beside it", async () => {
    await showAt("/recordings/30114", { overrides: playable });
    const slider = await screen.findByRole("slider", { name: "Position" });
    expect(slider).toHaveAttribute("aria-valuemax", "7500");
    for (const name of ["Play", "10 seconds back", "10 seconds on", "Full screen", "Speed"]) {
      expect(screen.getByRole("button", { name })).toBeInTheDocument();
    }
    expect(document.querySelector("video")).toHaveAttribute("src", "http://127.0.0.1:9/token/recording");
    expect(await screen.findByRole("listbox", { name: "What happened" })).toBeVisible();
    expect(await screen.findByText(/time in the file's name/)).toBeVisible();
    expect(screen.getByText("MP4, moov at end")).toBeVisible();
  });

  it("whose address no longer works asks for another one, once", async () => {
    let opened = 0;
    await showAt("/recordings/30114", {
      overrides: {
        recording_open: () => {
          opened++;
          const answer = playable.recording_open();
          return { ...answer, url: `${answer.url}${opened}` };
        },
      },
    });
    await screen.findByRole("slider", { name: "Position" });
    const video = document.querySelector("video") as HTMLVideoElement;
    Object.defineProperty(video, "error", { configurable: true, get: () => ({ code: 4, message: "gone" }) });
    vi.stubGlobal("MediaError", { MEDIA_ERR_DECODE: 3 });
    fireEvent.error(video);
    await waitFor(() => expect(video).toHaveAttribute("src", "http://127.0.0.1:9/token/recording2"));
    fireEvent.error(video);
    expect(await screen.findByRole("alert")).toHaveTextContent("gone");
    expect(opened).toBe(2);
    vi.unstubAllGlobals();
  });

  it("whose object is missing says so in the place of the picture; what happened still stands beside it", async () => {
    await showAt("/recordings/30114");
    expect(await screen.findByRole("alert")).toHaveTextContent("The row is there, its file is not");
    expect(await screen.findByRole("listbox", { name: "What happened" })).toBeVisible();
  });

  it("that needs a codec names the package that brings it", async () => {
    await showAt("/recordings/30114", {
      query: "codecs=1",
      overrides: {
        recording_open: () => ({
          ...playable.recording_open(),
          url: null,
          problems: [
            { ...down, code: "media_unplayable", store: null, message: "H.264 cannot be decoded here" },
          ],
        }),
      },
    });
    expect(await screen.findByText("sudo apt install gstreamer1.0-libav")).toBeVisible();
    expect(screen.getAllByRole("button", { name: "Download" }).length).toBeGreaterThan(0);
    expect(screen.getAllByRole("button", { name: "Open outside" }).length).toBeGreaterThan(0);
  });

  it("that is cut off still plays, and says that it is cut off", async () => {
    await showAt("/recordings/30114", {
      overrides: {
        recording_open: () => ({
          ...playable.recording_open(),
          problems: [{ ...down, code: "media_truncated", store: "s3", message: "ends 4 MB early" }],
        }),
      },
    });
    expect(await screen.findByText("ends 4 MB early")).toBeVisible();
    expect(document.querySelector("video")).not.toBeNull();
  });
});
