const regions = new Intl.DisplayNames(['en-GB'], { type: 'region' });

/** "United Kingdom" for GB; the code itself when it names no country. */
export function placeName(country: string): string {
  try {
    return regions.of(country) ?? country;
  } catch {
    return country;
  }
}
