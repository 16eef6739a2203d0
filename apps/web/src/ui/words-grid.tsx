/** Words to be written down, numbered, two in a line. @param words null while they are hidden */
export function WordsGrid(props: { label: string; count: number; words: readonly string[] | null }) {
  return (
    <ol
      aria-label={props.label}
      translate="no"
      className="grid grid-cols-2 gap-x-4 gap-y-1 rounded-card border border-line bg-surface p-4 print:hidden"
    >
      {Array.from({ length: props.count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a word's position is its identity
        <li key={index} className="figures flex min-h-9 items-baseline gap-3 text-[1.0625rem]">
          <span className="w-6 text-right text-muted text-sm">{index + 1}</span>
          <span className="font-medium">{props.words ? props.words[index] : '•••••'}</span>
        </li>
      ))}
    </ol>
  );
}
