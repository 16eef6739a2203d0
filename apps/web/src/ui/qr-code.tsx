import { useEffect, useState } from 'react';

type Encoded = readonly (readonly boolean[])[] | 'failed' | null;

/**
 * A text as a QR code (ISO/IEC 18004), dark on light in both themes because many readers know no other. The encoder is fetched when a
 * code is shown; the text is held by nobody else.
 * @param label what it leads to, for those who do not see it @param failed said when the encoder did not load
 */
export function QrCode({ text, label, failed }: { text: string; label: string; failed: string }) {
  const [modules, setModules] = useState<Encoded>(null);
  useEffect(() => {
    let isShown = true;
    const show = (next: Encoded) => isShown && setModules(next);
    import('qr').then(
      ({ default: encodeQR }) => show(encodeQR(text, 'raw', { ecc: 'medium', border: 4 })),
      () => show('failed'),
    );
    return () => {
      isShown = false;
    };
  }, [text]);
  if (modules === 'failed')
    return (
      <p role="alert" className="text-danger text-sm">
        {failed}
      </p>
    );
  const size = modules?.length ?? 1;
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      className="aspect-square w-full max-w-64 rounded-card border border-line bg-[#fff]"
    >
      {modules && <path d={pathOf(modules)} className="fill-[#000]" />}
    </svg>
  );
}

/** One square for each dark module. */
function pathOf(modules: readonly (readonly boolean[])[]): string {
  return modules.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
}
