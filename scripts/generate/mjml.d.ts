/** What is used of mjml, which brings no types. */
declare module 'mjml' {
  export default function compile(
    source: string,
    options?: {
      validationLevel?: 'strict' | 'soft' | 'skip';
      keepComments?: boolean;
      filePath?: string;
      fonts?: Record<string, string>;
    },
  ): Promise<{ html: string; errors: { formattedMessage: string }[] }>;
}
