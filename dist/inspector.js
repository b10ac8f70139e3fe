"use strict";(()=>{function a(e,t={},...o){let n=document.createElement(e);for(let[i,r]of Object.entries(t))n.setAttribute(i,r);for(let i of o)n.appendChild(typeof i=="string"?document.createTextNode(i):i);return n}function k(e){return e.split("`").map((t,o)=>o%2?a("code",{},t):document.createTextNode(t))}function P(e){let t={good:"\u2713",waiting:"\u2026",bad:"!"};return a("span",{class:`sign ${e}`,"aria-hidden":"true"},t[e])}var oe={ArrowLeft:[-24,0],ArrowRight:[24,0],ArrowUp:[0,-24],ArrowDown:[0,24]};function H(e,t,o){let n;function i(){let s=e.getBoundingClientRect(),{right:u,bottom:c}=getComputedStyle(e);return{box:s,width:s.right+parseFloat(u),height:s.bottom+parseFloat(c)}}function r(s,u){let{box:c,width:m,height:h}=i(),x=(w,S)=>Math.max(8,Math.min(w,S-8));e.style.right=`${x(m-s-c.width,m-c.width)}px`,e.style.bottom=`${x(h-u-c.height,h-c.height)}px`}function d(){let{box:s,width:u,height:c}=i();(s.left<0||s.top<0||s.right>u||s.bottom>c)&&r(s.left,s.top)}t.addEventListener("pointerdown",s=>{let u=s.target.closest("button");if(s.button||u&&u!==o)return;let{left:c,top:m}=e.getBoundingClientRect();n={x:s.clientX-c,y:s.clientY-m},t.setPointerCapture(s.pointerId)}),t.addEventListener("pointermove",s=>{n&&r(s.clientX-n.x,s.clientY-n.y)}),t.addEventListener("lostpointercapture",()=>{n=void 0}),o.addEventListener("keydown",s=>{let u=oe[s.key];if(!u)return;s.preventDefault();let{left:c,top:m}=e.getBoundingClientRect();r(c+u[0],m+u[1])});let l=new ResizeObserver(d);return l.observe(e),addEventListener("resize",d),()=>{l.disconnect(),removeEventListener("resize",d)}}function ne(){try{let e=document.querySelectorAll("dialog:modal"),t=document.activeElement;return t&&t.closest("dialog:modal")||e[e.length-1]||document.documentElement}catch{return document.documentElement}}function F(e,t){let o=ne();if(e.parentNode!==o){o.appendChild(e);try{t.setAttribute("popover","manual"),t.showPopover()}catch{t.removeAttribute("popover")}}}var z=`
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
  text-overflow: ellipsis;
  white-space: nowrap;
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

.told:empty {
  display: none;
}

.told {
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

.told:has(+ textarea:not([hidden])) {
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

.counts {
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

.timeline li {
  display: grid;
  grid-template-columns: minmax(0, 1fr) auto;
  gap: 1px 12px;
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
}

.timeline .way {
  grid-column: 1 / -1;
  color: var(--quiet);
  font-size: 12.5px;
  overflow-wrap: anywhere;
}

time {
  font-variant-numeric: tabular-nums;
}

.timeline .sent .outcome {
  background: var(--good-back);
  color: var(--good);
}

.timeline .waiting .outcome {
  background: var(--waiting-back);
  color: var(--waiting);
}

.timeline .dropped .outcome {
  background: var(--bad-back);
  color: var(--bad);
}

@media (max-width: 480px) {
  .panel {
    right: 8px;
    bottom: 8px;
    max-height: 64vh;
  }

  h2 {
    white-space: normal;
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
`;function ie({at:e,flag:t,value:o,rule:n,outcome:i,text:r}){let d=new Date(e);return a("li",{class:i},a("span",{class:"decision"},a("b",{},t)," = ",a("code",{},o)),a("span",{class:"outcome"},i),a("span",{class:"way"},a("time",{datetime:d.toISOString()},d.toTimeString().slice(0,8)),(r&&` \xB7 ${r}`)+(n&&` \xB7 rule ${n}`)))}function K(e){return a("ol",{class:"timeline"},...e.map(ie))}var re=["click","dblclick","auxclick","contextmenu","wheel","input","change","focusin","focusout","pointerdown","pointerup","pointermove","mousedown","mouseup","mousemove","touchstart","touchmove","touchend","keydown","keypress","keyup"],se=[["seen","made on this page so far"],["sent","handed over to FullStory"],["duplicate","the session had them already"],["ignored","left out by the settings, or no decisions"],["waiting","to be handed over"],["dropped","given up: too many were waiting"],["recovered","among those seen: made before the script listened"]];function ae(e){try{let t=new CSSStyleSheet;t.replaceSync(z),e.adoptedStyleSheets=[t]}catch{e.appendChild(a("style",{},z))}}function de(e,t){let o=a("dl",{class:"lines"});for(let{mood:n,label:i,text:r,todo:d}of e){o.appendChild(a("dt",{},P(n),i));let l=a("dd",{},...k(r));if(i==="FullStory"&&t){let s={href:t,target:"_blank",rel:"noopener noreferrer"};l.appendChild(document.createTextNode(" ")),l.appendChild(a("a",s,"Open the session"))}d&&l.appendChild(a("p",{},...k(d))),o.appendChild(l)}return o}function le(e){let t=a("ul",{class:"advice"});for(let{mood:o,title:n,what:i,todo:r}of e){let d=a("p",{class:"what"},...k(i));t.appendChild(a("li",{class:o},a("h4",{},n),d,...r?[a("p",{},...k(r))]:[]))}return t}function ce(e){let t=a("dl",{class:"counts"});for(let[o,n]of se)t.appendChild(a("div",{title:n,class:`${o}${e[o]?"":" none"}`},a("dt",{},o),a("dd",{},e[o].toLocaleString("en"))));return t}function L(e){let t=a("section",{}),o="";return{node:t,draw(n,i){let r=JSON.stringify(n);if(r!==o){for(o=r;t.lastChild;)t.removeChild(t.lastChild);t.hidden=!n,n&&(e&&t.appendChild(a("h3",{},e)),t.appendChild(i()))}}}}function j(e,t,o,n){let i=e.attachShadow({mode:"open"}),r=document.activeElement,d=a("button",{type:"button",class:"handle","aria-label":"Move with the arrow keys",title:"Drag, or use the arrow keys"},a("span",{"aria-hidden":"true"},"\u283F")),l=a("button",{type:"button",class:"copy"},"Copy report"),s=a("button",{type:"button",class:"close","aria-label":"Close",title:"Close (Escape)"},a("span",{"aria-hidden":"true"},"\u2715")),u=a("header",{},d,a("h2",{id:"title"},"Optimizely \u2192 FullStory"),l,s),c=a("p",{class:"verdict",role:"status"}),m=a("p",{class:"told",role:"status"}),h=a("textarea",{readonly:"",rows:"6","aria-label":"The report, to be copied",spellcheck:"false"});h.hidden=!0;let x={lines:L(""),advice:L("What to look at"),counts:L("Decisions"),timeline:L("The latest decisions")},{lines:w,advice:S,counts:R,timeline:A}=x,ee=a("div",{class:"body",tabindex:"0",role:"group","aria-label":"What it sees"},...[w,S,R,A].map(({node:p})=>p)),v=a("div",{class:"panel",role:"dialog","aria-labelledby":"title",tabindex:"-1"},u,c,m,h,ee);l.addEventListener("click",async()=>{let p=o();try{await t(p),h.hidden=!0,m.textContent="Copied. It names neither the visitor nor the session."}catch{h.hidden=!1,h.value=p,h.focus(),h.select(),m.textContent="Press Ctrl+C, or \u2318C, to copy:"}}),s.addEventListener("click",n),v.addEventListener("keydown",p=>{p.key==="Escape"&&(p.preventDefault(),n())});for(let p of re)e.addEventListener(p,C=>C.stopPropagation(),{passive:!0});ae(i),i.appendChild(v),F(e,v);let te=H(v,u,d);return v.focus({preventScroll:!0}),{draw(p){F(e,v);let{mood:C,text:I}=p.verdict;c.textContent!==I&&(c.textContent=I),v.setAttribute("data-mood",C),w.draw([p.lines,p.session],()=>de(p.lines,p.session)),S.draw(p.advice.length&&p.advice,()=>le(p.advice)),R.draw(p.counts,()=>ce(p.counts)),A.draw(p.decisions.length&&p.decisions,()=>K(p.decisions))},remove(){let p=document.activeElement===e;te(),e.remove(),p&&r instanceof HTMLElement&&r.focus({preventScroll:!0})}}}function B(e){return new Date(e).toISOString()}function _({verdict:e,lines:t,advice:o,counts:n,decisions:i},r,d,l){let s=["optimizely-fullstory: what the inspector saw",e.text,"",`Site: ${r||"a local file"}`,`Browser: ${d}`,`When: ${B(l)}`,""];for(let{label:u,text:c,todo:m}of t)s.push(`${u}: ${c}${m?` ${m}`:""}`);o.length&&s.push("","What to look at");for(let{title:u,what:c,todo:m}of o)s.push(`- ${u}: ${c}${m?` ${m}`:""}`);if(n){let{seen:u,sent:c,duplicate:m,ignored:h,waiting:x,dropped:w,recovered:S}=n;s.push("","Decisions",`${u} seen = ${c} sent + ${m} duplicate + ${h} ignored + ${x} waiting + ${w} dropped; ${S} of them recovered`)}i.length&&s.push("",`The latest ${i.length}, the newest first`);for(let{at:u,flag:c,value:m,rule:h,outcome:x,text:w}of i)s.push(`${B(u)}  ${c} = ${m}${h?` (${h})`:""}  ${x}${w?`, ${w}`:""}`);return`${s.join(`
`)}
`}var W="An app that uses the module keeps its bridge to itself: let it run `Object.assign(globalThis, { optimizelyFullStory: bridge })`, and look again.";function ue({global:e,scripts:t,isInFrame:o}){let n="Script",i=t.find(({httpStatus:r})=>r!==void 0&&r>=400);return o?{title:n,mood:"bad",what:"The script runs in a frame of this page, not in the page itself.",todo:"Put it where the decisions are made. To look at the frame, choose it in the console and paste the inspector there."}:e==="locked"?{title:n,mood:"bad",what:"The page has locked the name `optimizelyFullStory`, so a script that runs cannot be asked.",todo:"Remove the code that freezes this global. Decisions may arrive in FullStory all the same."}:e==="foreign"?{title:n,mood:"bad",what:"Something else has the name `optimizelyFullStory`, and answers not as this script does.",todo:"Look for the page\u2019s code that sets this global, and rename it. Until then a script that runs cannot be asked, and one that comes later may not start."}:t.some(({isHeldBack:r})=>r)?{title:n,mood:"bad",what:"Its script tag is there, but held back by its `type`, as consent tools do.",todo:"Give consent in the site\u2019s banner and look again; or take the tag out of what the tool holds back: it sends nothing before FullStory captures."}:i?{title:n,mood:"bad",what:`Its script tag is there, but the server answered ${i.httpStatus}.`,todo:"Check the address in the tag, and that the file is on the server."}:t.length?{title:n,mood:"bad",what:"Its script tag is there, but the script has not run.",todo:"Look into the console: it is still loading, or a content security policy, a blocker or a wrong address stops it."}:e==="settings"?{title:n,mood:"bad",what:"Its settings are on the page, but the script itself is not.",todo:`Add the script tag after them, or look whether Tag Manager\u2019s tag has fired. ${W}`}:{title:n,mood:"bad",what:"The script is not on this page.",todo:`Add its tag to the head, before Optimizely\u2019s SDK, or look whether Tag Manager\u2019s tag has fired. ${W}`}}function pe({fullstory:e}){let t="FullStory",o=`\`${e.namespace}\``;switch(e.state){case"absent":return{title:t,mood:"bad",what:`FullStory is not on this page: there is no function ${o}.`,todo:"Add its snippet. Where it waits for consent, give it and look again."};case"blocked":return{title:t,mood:"bad",what:"FullStory\u2019s snippet is there, but its script was blocked.",todo:"Look for an ad blocker, a content security policy or a network that stops it."};case"loading":return{title:t,mood:"waiting",what:"FullStory\u2019s snippet is there, and its script has not come yet.",todo:"Wait a few seconds. If it stays so, an ad blocker or a content security policy stops it."};case"there":return{title:t,mood:"waiting",what:`FullStory is there as ${o}; no session runs.`,todo:""};case"capturing":return{title:t,mood:"good",what:`FullStory is there as ${o} and captures.`,todo:""}}}function me({sdks:e,clients:t,hasWebExperimentation:o}){let n="Optimizely",i=e.concat(t);return i.length?{title:n,mood:"good",what:`Feature Experimentation is there: ${i.map(r=>`\`${r}\``).join(", ")}.`,todo:""}:o?{title:n,mood:"bad",what:"This page has Optimizely Web Experimentation. Only Feature Experimentation makes flag decisions.",todo:"For Web Experimentation use FullStory\u2019s own integration."}:{title:n,mood:"waiting",what:"No global of Optimizely\u2019s SDK is on this page.",todo:"Where the app bundles the SDK, hand its client over: `optimizelyFullStory.connect(client)`."}}function he({scripts:e,fullstory:t,clients:o,sdks:n}){let i=[];if(e.length>1&&i.push({title:"Several scripts",mood:"waiting",what:`This script is on the page ${e.length} times; the first one runs, with its settings.`,todo:"Leave one of the tags."}),t.scripts>1&&i.push({title:"Several FullStory scripts",mood:"waiting",what:`FullStory\u2019s script is on the page ${t.scripts} times.`,todo:"Leave one snippet; where two accounts are meant, set `namespace` to the one that is to have the decisions."}),n.length>1||o.length>1){let r=(o.length>1?o:n).map(d=>`\`${d}\``).join(" and ");i.push({title:"Several from Optimizely",mood:"good",what:`The page has ${r}. All of them are listened to, and one that is the same twice counts once.`,todo:""})}return i}function D(e){return{essential:e.status?[]:[ue(e),me(e),pe(e)],several:he(e)}}var E={absent:{mood:"bad",text:"Not on this page."},loading:{mood:"waiting",text:"Its script is still loading. Decisions wait for it."},blocked:{mood:"bad",text:"Its script does not load."},waiting:{mood:"waiting",text:"Loaded, but captures nothing yet: it waits for consent, for a start that the site delays, or was shut down. Decisions wait until it captures."},capturing:{mood:"good",text:"Captures this session."},refused:{mood:"bad",text:"Its server declined to capture this visitor."}},M={"fullstory-absent":{mood:"bad",what:"There is no FullStory on this page.",todo:"Add FullStory\u2019s snippet. If it is there under another name, set `namespace`. Decisions wait until it comes."},"fullstory-blocked":{mood:"bad",what:"FullStory\u2019s snippet is there, but its script does not load.",todo:"Look for an ad blocker, a content security policy or a network that stops it. Try a window without extensions."},"fullstory-refused":{mood:"bad",what:"FullStory\u2019s server declined to capture this visitor.",todo:"Check the account\u2019s session quota, its list of domains, its privacy rules, and whether this browser is supported."},"fullstory-throws":{mood:"waiting",what:"FullStory\u2019s function threw an error. What was not handed over is tried again.",todo:"Look for code of the site that wraps or replaces FullStory\u2019s global, and for its error in the console."},"client-missing":{mood:"bad",what:"No Optimizely client was found, and no decision was heard.",todo:"If the app bundles its SDK, call `optimizelyFullStory.connect(client)`; or set `client` to the name of the global that holds it."},"client-invalid":{mood:"bad",what:"What was handed over as the client is none: null, a promise, or another object.",todo:"Hand over what `createInstance()` returned. A promise has to be awaited first."},"client-late":{mood:"waiting",what:"The client was there before this script, so decisions may have been missed.",todo:"Put the script before Optimizely\u2019s SDK. What Optimizely had not sent yet is recovered (see \u201Crecovered\u201D)."},"sdk-not-ready":{mood:"bad",what:"Optimizely\u2019s SDK did not get its datafile, so it cannot decide.",todo:"Check the SDK key and the environment, and whether cdn.optimizely.com is blocked here."},"global-locked":{mood:"waiting",what:"The page froze this global, so clients made by it are not seen.",todo:"Hand the client over: `optimizelyFullStory.connect(client)`."},"decision-invalid":{mood:"waiting",what:"Something came as a decision that has no flag key or does not say whether the flag is enabled.",todo:"Check what is given to `record()`: each decision needs `flag_key` and `enabled`."},"before-send":{mood:"waiting",what:"`beforeSend` is missing, threw an error, or returned neither an event nor `false`. The event went out unchanged.",todo:"Check the function and its name, and let it return the event or `false` each time."},"property-name-rule":{mood:"waiting",what:"The name of a user property is outside FullStory\u2019s documented rule.",todo:"Set `propertyName` to letters, digits, `_` and `-` only, as in `optimizely_{flag}`."},"child-frame":{mood:"waiting",what:"This page is in a frame, where FullStory takes events but no user properties.",todo:"Nothing, if events are enough. Else make the decision in the outer page, or hand it over there with `record()`."},storage:{mood:"waiting",what:"The browser\u2019s storage cannot be used, so `persist` and `dedupe: session` are as if not set.",todo:"Nothing in a private window. Else look whether the browser or the page\u2019s sandbox forbids storage, or it is full."},"setting-unknown":{mood:"waiting",what:"There is no setting of this name.",todo:"Check its spelling. As attributes, names have hyphens (`data-property-name`); in an object they do not (`propertyName`)."},"setting-wrong":{mood:"waiting",what:"This setting cannot have the value that it was given, so its default holds.",todo:"Check the value against the table of settings in the README."}},q={mood:"waiting",what:"This inspector does not know this code: it is older than the script.",todo:"Use the inspector of the script\u2019s own version."};function $(e,t){return`${e.toLocaleString("en")} ${t}${e===1?"":"s"}`}function fe(e){return e<1?"at once":e<1e3?`after ${Math.round(e)} ms`:e<6e4?`after ${(e/1e3).toFixed(1)} s`:`after ${Math.round(e/6e4)} min`}var U={absent:"FullStory is not there",loading:"FullStory is loading",blocked:"FullStory is blocked",waiting:"FullStory captures nothing yet",capturing:"its turn comes",refused:"FullStory declined"};function ge({outcome:e,at:t,settledAt:o,flagKey:n},i){switch(e){case"sent":return o===null?"":fe(o-t);case"duplicate":return"the session already has it";case"ignored":return n?"left out by the settings":"no decision: it has no flag key";case"dropped":return"too many were waiting";case"waiting":return U[i.fullstory];default:return""}}function be(e,t){let{at:o,flagKey:n,variationKey:i,ruleKey:r,enabled:d,outcome:l}=e;return{at:o,flag:n||"(no flag key)",value:d?i||"on":"off",rule:r||"",outcome:l,text:ge(e,t)}}function we(e,{clients:t,sdks:o}){let n=l=>l.map(s=>`\`${s}\``).join(" and "),i=e-t.length,r=l=>l>=e?"":`${l} `,d=t.length?[`${r(t.length)}found in ${n(t)}`]:[];return i>0&&d.push(`${r(i)}${o.length?`made by ${n(o)}, or given by the site`:"given by the site"}`),d.join("; ")}function ye({clients:e,sdk:t,decisions:o},n){let i={label:"Optimizely",todo:""};if(!e&&o.seen)return{...i,mood:"good",text:"Listens to no client; decisions came by `record()`, or before it was disconnected."};if(!e)return{...i,mood:"bad",text:"Listens to no client."};let r=`Listens to ${$(e,"client")} (${we(e,n)})`;if(t.state==="failed")return{...i,mood:"bad",text:`${r}; the SDK is not ready: ${t.reason||"unknown why"}`};if(t.state==="waiting")return{...i,mood:"waiting",text:`${r}; the SDK waits for its datafile.`};let d=t.state==="ready"?"; the SDK is ready":"";return{...i,mood:"good",text:`${r}${d}.`}}function xe({fullstory:e,clients:t,sdk:o,decisions:{seen:n,sent:i,waiting:r,ignored:d}}){if(!t&&!n)return{mood:"bad",text:"No Optimizely client was found"};if(o.state==="failed"&&!n)return{mood:"bad",text:"Optimizely\u2019s SDK is not ready"};if(e!=="capturing"){let{mood:l}=E[e],s=U[e];return r?{mood:l,text:`${$(r,"decision")} ${r===1?"waits":"wait"}: ${s}`}:{mood:l,text:s}}return n?r?{mood:"waiting",text:`Handing over: ${$(r,"decision")} to go`}:d===n?{mood:"waiting",text:"Every decision was left out by the settings"}:i?{mood:"good",text:`It works: ${$(i,"decision")} handed over`}:{mood:"good",text:"It works: the session already has every decision"}:{mood:"waiting",text:"Ready: no decision has been made yet"}}function ve(e){let t=e.split(":")[0];return{...Object.keys(M).indexOf(t)>=0?M[t]:q,title:e}}function Se(e,t){let{version:o,fullstory:n,namespace:i,decisions:r,problems:d,session:l}=e,s=xe(e),u=E[n],c=d.map(ve);return r.dropped&&(s.mood="bad",s.text=`${$(r.dropped,"decision")} had to be given up`,c.push({title:"dropped",mood:"bad",what:"More decisions were waiting than `bufferSize` allows, so the oldest were given up.",todo:"Find out why they wait (see FullStory above), or set a larger `bufferSize`."})),s.mood==="good"&&c.some(({mood:m})=>m!=="good")&&(s.mood="waiting",s.text="It works, with something to look at"),c.push(...D(t).several),{verdict:s,lines:[{mood:"good",label:"Script",text:`Version ${o} runs.`,todo:""},ye(e,t),{mood:u.mood,label:"FullStory",text:`${u.text} Its global is \`${i}\`.`,todo:""}],advice:c,counts:r,decisions:e.recent.map(m=>be(m,e)).reverse(),session:l&&/^https:\/\//.test(l)?l:null}}function O(e){if(e.status)return Se(e.status,e);let{essential:t,several:o}=D(e);return{verdict:{mood:"bad",text:"The script does not run on this page"},lines:t.map(({mood:n,title:i,what:r,todo:d})=>({mood:n,label:i,text:r,todo:d})),advice:o,counts:void 0,decisions:[],session:null}}var ke=864e13;function T(e){return typeof e=="object"&&e?e:{}}function f(e){return typeof e=="string"?e:""}function g(e){return typeof e=="number"&&Math.abs(e)<=ke?e:0}function G(e){return Array.isArray(e)?e:[]}function Ee(e){let t=T(e);return{seen:g(t.seen),sent:g(t.sent),duplicate:g(t.duplicate),ignored:g(t.ignored),waiting:g(t.waiting),dropped:g(t.dropped),recovered:g(t.recovered)}}function $e(e){let{state:t,reason:o}=T(e);return{state:["waiting","ready","failed"].find(i=>i===t)||"missing",reason:f(o)}}function Te(e){let{flagKey:t,variationKey:o,ruleKey:n,enabled:i,at:r,outcome:d,settledAt:l}=T(e);return{flagKey:f(t),variationKey:f(o)||null,ruleKey:f(n)||null,enabled:i===!0,at:g(r),outcome:f(d),settledAt:typeof l=="number"?g(l):null}}function Y(e,t){let o=T(e);if(typeof T(o.decisions).seen!="number")return;let n=f(o.fullstory);return{version:f(o.version)||f(t.version)||"unknown",fullstory:Object.keys(E).includes(n)?n:t.fullstory,namespace:f(o.namespace)||t.namespace,session:f(o.session)||null,clients:g(o.clients),sdk:$e(o.sdk),decisions:Ee(o.decisions),recent:G(o.recent).map(Te),problems:G(o.problems).map(f).filter(Boolean)}}var Le="[optimizely-fullstory] ";function y(e){try{return e()}catch{return}}function b(e,t){return y(()=>e[t])}function X(e){return["status","disconnect"].every(t=>typeof b(e,t)=="function")}function Ce(e,{namespace:t,state:o}){if(!X(e))return;let n=o==="there"?"waiting":o;return y(()=>Y(e.status(),{version:e.version,fullstory:n,namespace:t}))}function Fe(e){if(Re(e))return"locked";let t=b(window,e);return t==null?"missing":typeof t=="object"&&typeof b(t,"status")!="function"?"settings":"foreign"}function ze(e){return!!y(()=>typeof e.notificationCenter.addNotificationListener=="function")}function V(e){let t=e.getAttribute("src")||e.getAttribute("data-src");return t?y(()=>new URL(t,document.baseURI).href)||t:""}function J(e,t){let o=[];return document.querySelectorAll("script").forEach(n=>{let i=V(n).split(/[?#]/)[0];(i?e.test(i):t&&`${n.textContent}`.indexOf(t)>=0)&&o.push(n)}),o}function De(e){let t=V(e),o=y(()=>t&&performance.getEntriesByName(t).pop());return{isHeldBack:!!e.type&&!/^(module|(text|application)\/(x-)?(java|ecma)script)$/i.test(e.type),httpStatus:o&&o.responseStatus||void 0}}function Me({q:e,_api:t,getCurrentSessionURL:o}){return e&&!t?Object.keys(e).indexOf("push")<0?"loading":"blocked":o&&o()?"capturing":"there"}function Oe(){let e=document.querySelector("script[data-fs-namespace]"),t=b(window,"_fs_namespace"),o=typeof t=="string"&&t||e&&e.getAttribute("data-fs-namespace")||"FS",n=b(window,o),i=typeof n=="function"?y(()=>Me(n))||"there":"absent";return{namespace:o,state:i,scripts:J(/\/s\/fs\.js$|fullstory\/fs\.js$/).length}}function Ne(){return[["optimizelyClientInstance",y(()=>optimizelyClientInstance)],["optimizelyClient",y(()=>optimizelyClient)]].filter(([,t])=>ze(t)).map(([t])=>t)}function Re(e){let t=Object.getOwnPropertyDescriptor(window,e);return!!t&&!t.configurable&&!t.writable&&!t.set}function Ae(){for(let e=0;e<frames.length;e++)if(X(b(frames[e],"optimizelyFullStory")))return!0;return!1}function N(){let e="optimizelyFullStory",t=Oe(),o=Ce(b(window,e),t);return{global:o?"bridge":Fe(e),status:o,scripts:J(/optimizely-fullstory(@[^/]+|[^/]*\.js)?$/,Le).map(De),isInFrame:Ae(),fullstory:t,sdks:["optimizelySdk","optimizelyReactSdk"].filter(n=>{let i=b(window,n);return!!y(()=>typeof i.createInstance=="function")}),clients:Ne(),hasWebExperimentation:typeof b(b(window,"optimizely"),"get")=="function"}}var Q="optimizely-fullstory-inspector",Z="optimizely-fullstory-inspector-close",Ie=500;function Pe(){let e=document.createElement(Q);e.className="fs-exclude";function t(){clearInterval(i),n.remove()}function o(){e.parentNode?n.draw(O(N())):t()}let n=j(e,r=>navigator.clipboard.writeText(r),()=>_(O(N()),location.hostname,navigator.userAgent,Date.now()),t),i=setInterval(o,Ie);e.addEventListener(Z,t),o()}function He(){let e=document.querySelector(Q);e?(e.dispatchEvent(new Event(Z)),e.remove()):Pe()}He();})();
