/** The mark: an M of two ascending strokes, in the text's colour with the accent at its peak. */
export function Logo({ className = 'size-6' }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" className={className} fill="none" aria-hidden="true">
      <rect width="24" height="24" rx="6" className="fill-accent-solid" />
      <path
        d="M5.5 17V8.2c0-.5.6-.7.9-.3L12 15l5.6-7.1c.3-.4.9-.2.9.3V17"
        className="stroke-on-accent"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
