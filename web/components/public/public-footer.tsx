export function PublicFooter() {
  return (
    <footer className="mt-auto border-t">
      <div className="mx-auto flex w-full max-w-6xl flex-wrap items-center gap-x-6 gap-y-1 px-5 py-6 text-sm text-muted sm:px-8">
        <p className="me-auto">Mewayz is free software under the MIT licence.</p>
        <nav aria-label="More" className="flex flex-wrap gap-x-5">
          {(
            [
              ['/terms', 'Terms'],
              ['/status', 'Status'],
            ] as const
          ).map(([href, label]) => (
            <a key={href} href={href} className="inline-flex h-8 items-center rounded-sm hover:text-fg">
              {label}
            </a>
          ))}
          <a href="/api/v1/docs" className="inline-flex h-8 items-center rounded-sm hover:text-fg">
            API documentation
          </a>
        </nav>
      </div>
    </footer>
  );
}
