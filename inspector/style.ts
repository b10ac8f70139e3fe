/**
 * The panel's style. Rules for the host are important, because important rules inside a shadow root override the page's own.
 * Colours are set on the panel, which no rule of the page reaches. Sizes are in px, because the page may change the size of a
 * rem.
 */
export const STYLE = `
:host {
  all: initial !important;
  direction: ltr !important;
  position: fixed !important;
  right: 0 !important;
  bottom: 0 !important;
  z-index: 2147483647 !important;
}

*,
::before,
::after {
  box-sizing: border-box;
}

[hidden] {
  display: none !important;
}

.panel {
  --card: #ffffff;
  --soft: #f5f6f8;
  --line: #dde1e7;
  --text: #1b2330;
  --quiet: #566072;
  --accent: #2f55d4;
  --value: #edf0f5;
  --good: #12693f;
  --good-back: #dff4e8;
  --waiting: #6b5200;
  --waiting-back: #fbf0cd;
  --bad: #a3231d;
  --bad-back: #fde4e2;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
  color-scheme: light dark;
  position: fixed;
  inset: auto;
  right: 16px;
  bottom: 16px;
  display: flex;
  flex-direction: column;
  width: 440px;
  max-width: calc(100% - 16px);
  height: auto;
  max-height: min(640px, 78vh);
  margin: 0;
  padding: 0;
  overflow: hidden;
  border: 1px solid var(--line);
  border-radius: 12px;
  background: var(--card);
  box-shadow: 0 12px 40px rgb(16 24 40 / 22%), 0 2px 6px rgb(16 24 40 / 12%);
  color: var(--text);
  font: 14px / 1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  text-align: start;
}

@media (prefers-color-scheme: dark) {
  .panel {
    --card: #191f29;
    --soft: #212936;
    --line: #364152;
    --text: #e6eaf1;
    --quiet: #a2adbd;
    --accent: #9db4ff;
    --value: #2d3644;
    --good: #7fdcaa;
    --good-back: #153727;
    --waiting: #f0d27a;
    --waiting-back: #3a3216;
    --bad: #ffa9a2;
    --bad-back: #471f1d;
    box-shadow: 0 12px 40px rgb(0 0 0 / 60%);
  }
}

h2,
h3,
h4,
p,
dl,
dt,
dd,
ul,
ol,
li {
  margin: 0;
  padding: 0;
  list-style: none;
}

:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 1px;
}

.panel:focus {
  outline: none;
}

code {
  padding: 1px 5px;
  border-radius: 4px;
  background: var(--value);
  font: 12.5px / 1.4 var(--mono);
  overflow-wrap: anywhere;
}

a {
  color: var(--accent);
}

header {
  display: flex;
  flex: none;
  gap: 4px;
  align-items: center;
  padding: 8px 8px 8px 6px;
  cursor: move;
  touch-action: none;
  user-select: none;
  -webkit-user-select: none;
}

h2 {
  flex: 1;
  min-width: 0;
  overflow: hidden;
  font-size: 14px;
  font-weight: 650;
  line-height: 1.3;
  overflow-wrap: anywhere;
}

button {
  min-width: 32px;
  min-height: 32px;
  padding: 0 8px;
  border: 1px solid transparent;
  border-radius: 7px;
  background: transparent;
  color: inherit;
  font: inherit;
  line-height: 1;
  cursor: pointer;
}

button:hover {
  background: var(--value);
}

.handle {
  min-width: 24px;
  padding: 0 4px;
  color: var(--quiet);
  cursor: move;
}

.copy {
  border-color: var(--line);
  font-size: 13px;
  font-weight: 550;
}

.verdict {
  display: flex;
  flex: none;
  gap: 8px;
  align-items: center;
  padding: 9px 16px;
  background: var(--waiting-back);
  color: var(--waiting);
  font-size: 15px;
  font-weight: 650;
}

[data-mood="good"] .verdict {
  background: var(--good-back);
  color: var(--good);
}

[data-mood="bad"] .verdict {
  background: var(--bad-back);
  color: var(--bad);
}

.notice:empty {
  display: none;
}

.notice {
  flex: none;
  padding: 8px 16px;
  background: var(--soft);
  color: var(--quiet);
  font-size: 13px;
}

textarea {
  flex: none;
  width: calc(100% - 32px);
  margin: 0 16px 10px;
  padding: 8px;
  border: 1px solid var(--quiet);
  border-radius: 7px;
  background: var(--card);
  color: inherit;
  font: 12px / 1.4 var(--mono);
  resize: none;
}

.notice:has(+ textarea:not([hidden])) {
  background: none;
}

.body {
  flex: 1 1 auto;
  min-height: 0;
  padding: 4px 16px 14px;
  overflow: auto;
  overscroll-behavior: contain;
}

.body:focus-visible {
  outline-offset: -3px;
  border-radius: 12px;
}

section:not(:first-child) {
  margin-top: 12px;
}

h3 {
  margin-bottom: 6px;
  color: var(--quiet);
  font-size: 13px;
  font-weight: 600;
}

.sign {
  display: inline-grid;
  flex: none;
  width: 18px;
  height: 18px;
  place-items: center;
  border-radius: 50%;
  font-size: 11px;
  font-weight: 800;
  line-height: 1;
}

.sign.good {
  background: var(--good-back);
  color: var(--good);
}

.sign.waiting {
  background: var(--waiting-back);
  color: var(--waiting);
}

.sign.bad {
  background: var(--bad-back);
  color: var(--bad);
}

.lines {
  display: grid;
  grid-template-columns: max-content minmax(0, 1fr);
}

.lines dt,
.lines dd {
  padding: 8px 0;
  border-bottom: 1px solid var(--line);
}

.lines dt {
  display: flex;
  gap: 8px;
  align-items: flex-start;
  padding-inline-end: 14px;
  font-weight: 600;
}

.lines .sign {
  margin-top: 1px;
}

.lines dd {
  overflow-wrap: anywhere;
}

.lines p {
  margin-top: 2px;
  color: var(--quiet);
  font-size: 13px;
}

.lines > :nth-last-child(-n + 2) {
  border-bottom: 0;
}

.lines .more,
.advice .more {
  margin-top: 4px;
  font-size: 12.5px;
}

.more code {
  background: none;
  padding: 0;
}

.advice {
  display: grid;
  gap: 8px;
}

.advice li {
  padding: 9px 12px 10px;
  border: 1px solid var(--line);
  border-inline-start: 3px solid var(--waiting);
  border-radius: 7px;
  background: var(--soft);
}

.advice .bad {
  border-inline-start-color: var(--bad);
}

.advice .good {
  border-inline-start-color: var(--good);
}

h4 {
  font: 600 12.5px / 1.5 var(--mono);
  overflow-wrap: anywhere;
}

.advice p {
  color: var(--quiet);
  font-size: 13px;
}

.advice .what {
  color: var(--text);
  font-size: 14px;
}

dl.counts {
  display: grid;
  grid-template-columns: repeat(4, minmax(0, 1fr));
  gap: 6px;
}

.counts div {
  display: flex;
  flex-direction: column-reverse;
  padding: 5px 9px 6px;
  border-radius: 7px;
  background: var(--soft);
}

.counts .seen {
  grid-column: span 2;
}

.counts dt {
  color: var(--quiet);
  font-size: 12px;
}

.counts dd {
  font-size: 17px;
  font-weight: 650;
  font-variant-numeric: tabular-nums;
  line-height: 1.25;
}

.counts .none dd {
  color: var(--quiet);
  font-weight: 400;
}

table.counts {
  width: 100%;
  border-collapse: collapse;
  font-variant-numeric: tabular-nums;
}

table.counts th,
table.counts td {
  padding: 1px 9px;
  border-top: 1px solid var(--line);
  text-align: end;
}

table.counts thead > tr > * {
  border-top: 0;
  overflow-wrap: anywhere;
}

table.counts th {
  color: var(--quiet);
  font-size: 12.5px;
  font-weight: 600;
}

table.counts [scope="row"] {
  font-weight: 400;
  padding-inline-start: 0;
  text-align: start;
}

table.counts td {
  font-weight: 650;
}

table.counts .none {
  color: var(--quiet);
  font-weight: 400;
}

.heads,
.timeline li {
  display: grid;
  grid-template-columns: minmax(0, 1fr) repeat(var(--columns), minmax(72px, max-content));
  gap: 1px 8px;
}

.heads {
  margin-bottom: 6px;
  color: var(--quiet);
  font-size: 12px;
  font-weight: 600;
  text-align: center;
}

.unseen {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}

.timeline li {
  padding: 7px 0;
  border-top: 1px solid var(--line);
}

.timeline li:first-child {
  border-top: 0;
  padding-top: 2px;
}

.timeline .decision {
  overflow-wrap: anywhere;
}

.timeline .outcome {
  align-self: start;
  padding: 1px 9px;
  border-radius: 10px;
  background: var(--value);
  color: var(--quiet);
  font-size: 12px;
  font-weight: 600;
  text-align: center;
}

.timeline .detail {
  grid-column: 1 / -1;
  color: var(--quiet);
  font-size: 12.5px;
  overflow-wrap: anywhere;
}

time {
  font-variant-numeric: tabular-nums;
}

.timeline .outcome.sent {
  background: var(--good-back);
  color: var(--good);
}

.timeline .outcome.waiting {
  background: var(--waiting-back);
  color: var(--waiting);
}

.timeline .outcome.dropped {
  background: var(--bad-back);
  color: var(--bad);
}

@media (max-width: 480px) {
  .panel {
    right: 8px;
    bottom: 8px;
    max-height: 64vh;
  }

  .counts div {
    padding-inline: 7px;
  }
}

@media (pointer: coarse) {
  button {
    min-width: 44px;
    min-height: 44px;
  }
}

@media (prefers-reduced-motion: no-preference) {
  .panel {
    animation: appear 120ms ease-out;
  }

  @keyframes appear {
    from {
      opacity: 0;
      transform: translateY(6px);
    }
  }
}

@media print {
  :host {
    display: none !important;
  }
}
`;
