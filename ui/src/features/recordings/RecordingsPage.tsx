// Owned by H7: replaced as soon as the screen lands.
export function RecordingsPage() {
  return null;
}
