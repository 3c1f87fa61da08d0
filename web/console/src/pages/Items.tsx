/** All service items: how much of each sheet has a source. */
export function Items() {
  return null;
}
