/** A short word about something done; goes by itself, asks nothing. The region stays so that readers announce changes. */
export function ToastRegion({ text }: { text: string | null }) {
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-24 z-10 flex justify-center px-4 wide:bottom-8"
    >
      {text && (
        <span className="animate-rise rounded-full bg-ink px-5 py-2.5 font-medium text-canvas shadow-raised">
          {text}
        </span>
      )}
    </div>
  );
}
