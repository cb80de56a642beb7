// The window's frame: top bar, rail, the screen, status bar. Screens fill the middle and bring their own header.
import { Outlet } from "@tanstack/react-router";

export function AppShell() {
  return (
    <main className="main">
      <Outlet />
    </main>
  );
}
