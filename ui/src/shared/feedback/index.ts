// The five designed states and the small signs every screen shares. Nothing else says "error", "empty" or "down" in its own way.
import "./feedback.css";

export { AgeLabel } from "./AgeLabel";
export { CopyButton } from "./CopyButton";
export { Delayed } from "./Delayed";
export { EmptyState } from "./EmptyState";
export { ErrorLine, ErrorState } from "./ErrorState";
export { errorWords } from "./errorWords";
export { Gap } from "./Gap";
export { NextAttempt } from "./NextAttempt";
export { PartialBanner } from "./PartialBanner";
export { Bone, SkeletonLines, SkeletonRows } from "./Skeleton";
export { SourceTag } from "./SourceTag";
export { STORE_TONE, StateWord, type Tone } from "./StateWord";
export { StoreIcon } from "./StoreIcon";
