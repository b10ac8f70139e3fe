import Script from 'next/script';

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        {children}
        <Script src="/optimizely-fullstory.min.js" strategy="beforeInteractive" data-flags="checkout_*" />
      </body>
    </html>
  );
}
