// One person as a page.
import { getRouteApi } from "@tanstack/react-router";
import { PersonDetail } from "./PersonDetail";

const route = getRouteApi("/people/$id");

export function PersonPage() {
  const { id } = route.useParams();
  return (
    <div className="screen">
      <PersonDetail key={id} id={id} variant="page" />
    </div>
  );
}
