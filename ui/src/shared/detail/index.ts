// Details beside a list or as a page: heading, blocks, links.
import "./detail.css";

export { type Command, CopyAs, DetailHead, type Variant } from "./DetailHead";
export { Part, Stopped } from "./Part";
export { MeetingLink, PersonLink } from "./PeopleLink";
export { say, sayWithUndo } from "./say";
export { useStoreBack } from "./useStoreBack";
export { useWide } from "./useWide";
