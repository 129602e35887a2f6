import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import './globals.css';

export const metadata: Metadata = {
  title: 'Mewayz',
  description: 'The business platform that runs in your own AWS account.',
};
export const viewport: Viewport = {
  themeColor: [{ color: '#fbfbfa', media: '(prefers-color-scheme: light)' }, { color: '#0e0f11' }],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <body className="antialiased">{children}</body>
    </html>
  );
}
