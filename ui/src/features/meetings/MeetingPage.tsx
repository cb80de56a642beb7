// One meeting as a page.
import { getRouteApi } from "@tanstack/react-router";
import { MeetingDetail } from "./MeetingDetail";

const route = getRouteApi("/meetings/$id");

export function MeetingPage() {
  const { id } = route.useParams();
  return (
    <div className="screen">
      <MeetingDetail key={id} id={id} variant="page" />
    </div>
  );
}
