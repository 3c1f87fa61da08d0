/** One service item's sheet. */
export function Item({ slug }: { slug: string }) {
  return <p>{slug}</p>;
}
