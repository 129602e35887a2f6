import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Mewayz', template: '%s · Mewayz' },
  description: 'The business platform that runs in your own AWS account.',
};
export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { color: '#f7f7f8', media: '(prefers-color-scheme: light)' },
    { color: '#0c0d0f', media: '(prefers-color-scheme: dark)' },
  ],
};

/** `theme.js` puts the chosen theme and density on `<html>` before the first paint: hence what hydration must not complain about. */
export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <head>
        {/* Neither async nor deferred: after the first paint, the page would flash in the wrong theme. */}
        <script src="/theme.js" />
      </head>
      <body className="antialiased">{children}</body>
    </html>
  );
}
