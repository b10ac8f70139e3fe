import { startSite } from './installations/site.mjs';
import { findWebKit, startWebKit } from './webkit/driver.mjs';
import { FINDING_CLIENTS } from './webkit/finding-clients.mjs';
import { GOING_BACK } from './webkit/going-back.mjs';
import { INSTALLING } from './webkit/installations.mjs';
import { LEAVING } from './webkit/leaving.mjs';
import { STORAGE } from './webkit/storage.mjs';
import { createTab } from './webkit/tab.mjs';

// Tests in WebKit, the engine of Safari, with plain WebDriver. It runs if WebKitGTK's driver is installed, and
// otherwise says so. An argument chooses cases: part of their printed lines.

const [wanted = ''] = process.argv.slice(2);

const TOPICS = {
  installing: INSTALLING,
  'finding clients': FINDING_CLIENTS,
  leaving: LEAVING,
  'going back': GOING_BACK,
  storage: STORAGE,
};

async function runAll(tab, site) {
  let tried = 0;
  let failures = 0;
  for (const [topic, cases] of Object.entries(TOPICS)) {
    for (const [name, run] of Object.entries(cases)) {
      if (!`${topic}: ${name}`.includes(wanted)) continue;
      tried++;
      try {
        await tab.clear();
        await run({ tab, site });
        console.log(`✓ ${topic}: ${name}`);
      } catch (error) {
        failures++;
        console.error(`✘ ${topic}: ${name}\n${error.message}${error.cause ? `: ${error.cause}` : ''}`);
      }
    }
  }
  console.log(`${tried - failures} of ${tried} cases work in WebKit`);
  if (failures || !tried) process.exitCode = 1;
}

async function run(found) {
  const site = await startSite();
  try {
    const webkit = await startWebKit(found);
    try {
      console.log(`Testing in WebKit ${webkit.version} (${found.browser})`);
      await runAll(createTab(webkit, site), site);
    } finally {
      await webkit.stop();
    }
  } finally {
    site.close();
  }
}

const found = findWebKit();
if (found) await run(found);
else {
  console.log(
    'Not tested in WebKit: its driver is not installed. With Debian: sudo apt-get install webkit2gtk-driver xvfb',
  );
}
