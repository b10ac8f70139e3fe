"use strict";(()=>{function s(e,t={},...n){let o=document.createElement(e);for(let[i,r]of Object.entries(t))o.setAttribute(i,r);for(let i of n)o.appendChild(typeof i=="string"?document.createTextNode(i):i);return o}function v(e){return e.split("`").map((t,n)=>n%2?s("code",{},t):document.createTextNode(t))}function R(e){let t={good:"\u2713",waiting:"\u2026",bad:"!"};return s("span",{class:`sign ${e}`,"aria-hidden":"true"},t[e])}var X={ArrowLeft:[-24,0],ArrowRight:[24,0],ArrowUp:[0,-24],ArrowDown:[0,24]};function N(e,t,n){let o;function i(){let a=e.getBoundingClientRect(),{right:c,bottom:l}=getComputedStyle(e);return{box:a,width:a.right+parseFloat(c),height:a.bottom+parseFloat(l)}}function r(a,c){let{box:l,width:u,height:m}=i(),b=(f,y)=>Math.max(8,Math.min(f,y-8));e.style.right=`${b(u-a-l.width,u-l.width)}px`,e.style.bottom=`${b(m-c-l.height,m-l.height)}px`}function d(){let{box:a,width:c,height:l}=i();(a.left<0||a.top<0||a.right>c||a.bottom>l)&&r(a.left,a.top)}t.addEventListener("pointerdown",a=>{let c=a.target.closest("button");if(a.button||c&&c!==n)return;let{left:l,top:u}=e.getBoundingClientRect();o={x:a.clientX-l,y:a.clientY-u},t.setPointerCapture(a.pointerId)}),t.addEventListener("pointermove",a=>{o&&r(a.clientX-o.x,a.clientY-o.y)}),t.addEventListener("lostpointercapture",()=>{o=void 0}),n.addEventListener("keydown",a=>{let c=X[a.key];if(!c)return;a.preventDefault();let{left:l,top:u}=e.getBoundingClientRect();r(l+c[0],u+c[1])});let p=new ResizeObserver(d);return p.observe(e),addEventListener("resize",d),()=>{p.disconnect(),removeEventListener("resize",d)}}var $=`
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
`;function J({at:e,flag:t,value:n,rule:o,outcome:i,text:r}){let d=new Date(e);return s("li",{class:i},s("span",{class:"decision"},s("b",{},t)," = ",s("code",{},n)),s("span",{class:"outcome"},i),s("span",{class:"way"},s("time",{datetime:d.toISOString()},d.toTimeString().slice(0,8)),(r&&` \xB7 ${r}`)+(o&&` \xB7 rule ${o}`)))}function A(e){return s("ol",{class:"timeline"},...e.map(J))}var Q=["click","dblclick","auxclick","contextmenu","wheel","input","change","focusin","focusout","pointerdown","pointerup","pointermove","mousedown","mouseup","mousemove","touchstart","touchmove","touchend","keydown","keypress","keyup"],Z=[["seen","made on this page so far"],["sent","handed over to FullStory"],["duplicate","the session had them already"],["ignored","left out by the settings, or no decisions"],["waiting","to be handed over"],["dropped","given up: too many were waiting"],["recovered","among those seen: made before the script listened"]];function ee(e){try{let t=new CSSStyleSheet;t.replaceSync($),e.adoptedStyleSheets=[t]}catch{e.appendChild(s("style",{},$))}}function te(e,t){let n=s("dl",{class:"lines"});for(let{mood:o,label:i,text:r,todo:d}of e){n.appendChild(s("dt",{},R(o),i));let p=s("dd",{},...v(r));if(i==="FullStory"&&t){let a={href:t,target:"_blank",rel:"noopener noreferrer"};p.appendChild(document.createTextNode(" ")),p.appendChild(s("a",a,"Open the session"))}d&&p.appendChild(s("p",{},...v(d))),n.appendChild(p)}return n}function oe(e){let t=s("ul",{class:"advice"});for(let{mood:n,title:o,what:i,todo:r}of e){let d=s("p",{class:"what"},...v(i));t.appendChild(s("li",{class:n},s("h4",{},o),d,...r?[s("p",{},...v(r))]:[]))}return t}function ne(e){let t=s("dl",{class:"counts"});for(let[n,o]of Z)t.appendChild(s("div",{title:o,class:`${n}${e[n]?"":" none"}`},s("dt",{},n),s("dd",{},e[n].toLocaleString("en"))));return t}function k(e){let t=s("section",{}),n="";return{node:t,draw(o,i){let r=JSON.stringify(o);if(r!==n){for(n=r;t.lastChild;)t.removeChild(t.lastChild);t.hidden=!o,o&&(e&&t.appendChild(s("h3",{},e)),t.appendChild(i()))}}}}function I(e,t,n,o){let i=e.attachShadow({mode:"open"}),r=document.activeElement,d=s("button",{type:"button",class:"handle","aria-label":"Move with the arrow keys",title:"Drag, or use the arrow keys"},s("span",{"aria-hidden":"true"},"\u283F")),p=s("button",{type:"button",class:"copy"},"Copy report"),a=s("button",{type:"button",class:"close","aria-label":"Close",title:"Close (Escape)"},s("span",{"aria-hidden":"true"},"\u2715")),c=s("header",{},d,s("h2",{id:"title"},"Optimizely \u2192 FullStory"),p,a),l=s("p",{class:"verdict",role:"status"}),u=s("p",{class:"told",role:"status"}),m=s("textarea",{readonly:"",rows:"6","aria-label":"The report, to be copied",spellcheck:"false"});m.hidden=!0;let b={lines:k(""),advice:k("What to look at"),counts:k("Decisions"),timeline:k("The latest decisions")},{lines:f,advice:y,counts:D,timeline:M}=b,Y=s("div",{class:"body",tabindex:"0",role:"group","aria-label":"What it sees"},...[f,y,D,M].map(({node:h})=>h)),w=s("div",{class:"panel",role:"dialog","aria-labelledby":"title",tabindex:"-1"},c,l,u,m,Y);p.addEventListener("click",async()=>{let h=n();try{await t(h),m.hidden=!0,u.textContent="Copied. It names neither the visitor nor the session."}catch{m.hidden=!1,m.value=h,m.focus(),m.select(),u.textContent="Press Ctrl+C, or \u2318C, to copy:"}}),a.addEventListener("click",o),w.addEventListener("keydown",h=>{h.key==="Escape"&&o()});for(let h of Q)e.addEventListener(h,E=>E.stopPropagation(),{passive:!0});ee(i),i.appendChild(w),document.documentElement.appendChild(e);try{w.setAttribute("popover","manual"),w.showPopover()}catch{w.removeAttribute("popover")}let V=N(w,c,d);return w.focus({preventScroll:!0}),{draw(h){let{mood:E,text:O}=h.verdict;l.textContent!==O&&(l.textContent=O),w.setAttribute("data-mood",E),f.draw([h.lines,h.session],()=>te(h.lines,h.session)),y.draw(h.advice.length&&h.advice,()=>oe(h.advice)),D.draw(h.counts,()=>ne(h.counts)),M.draw(h.decisions.length&&h.decisions,()=>A(h.decisions))},remove(){let h=document.activeElement===e;V(),e.remove(),h&&r instanceof HTMLElement&&r.focus({preventScroll:!0})}}}function P(e){return new Date(e).toISOString()}function H({verdict:e,lines:t,advice:n,counts:o,decisions:i},r,d,p){let a=["optimizely-fullstory: what the inspector saw",e.text,"",`Site: ${r||"a local file"}`,`Browser: ${d}`,`When: ${P(p)}`,""];for(let{label:c,text:l,todo:u}of t)a.push(`${c}: ${l}${u?` ${u}`:""}`);n.length&&a.push("","What to look at");for(let{title:c,what:l,todo:u}of n)a.push(`- ${c}: ${l}${u?` ${u}`:""}`);if(o){let{seen:c,sent:l,duplicate:u,ignored:m,waiting:b,dropped:f,recovered:y}=o;a.push("","Decisions",`${c} seen = ${l} sent + ${u} duplicate + ${m} ignored + ${b} waiting + ${f} dropped; ${y} of them recovered`)}i.length&&a.push("",`The latest ${i.length}, the newest first`);for(let{at:c,flag:l,value:u,rule:m,outcome:b,text:f}of i)a.push(`${P(c)}  ${l} = ${u}${m?` (${m})`:""}  ${b}${f?`, ${f}`:""}`);return`${a.join(`
`)}
`}var q="An app that uses the module keeps its bridge to itself: let it set `window.optimizelyFullStory = bridge`, and look again.";function ie({global:e,scripts:t,isInFrame:n}){let o="Script",i=t.find(({httpStatus:r})=>r!==void 0&&r>=400);return n?{title:o,mood:"bad",what:"The script runs in a frame of this page, not in the page itself.",todo:"Put it where the decisions are made. To look at the frame, choose it in the console and paste the inspector there."}:e==="locked"?{title:o,mood:"bad",what:"The page has locked the name `optimizelyFullStory`, so a script that runs cannot be asked.",todo:"Remove the code that freezes this global. Decisions may arrive in FullStory all the same."}:t.some(({isHeldBack:r})=>r)?{title:o,mood:"bad",what:"Its script tag is there, but held back by its `type`, as consent tools do.",todo:"Give consent in the site\u2019s banner and look again; or take the tag out of what the tool holds back: it sends nothing before FullStory captures."}:i?{title:o,mood:"bad",what:`Its script tag is there, but the server answered ${i.httpStatus}.`,todo:"Check the address in the tag, and that the file is on the server."}:t.length?{title:o,mood:"bad",what:"Its script tag is there, but the script has not run.",todo:"Look into the console: it is still loading, or a content security policy, a blocker or a wrong address stops it."}:e==="settings"?{title:o,mood:"bad",what:"Its settings are on the page, but the script itself is not.",todo:`Add the script tag after them, or look whether Tag Manager\u2019s tag has fired. ${q}`}:{title:o,mood:"bad",what:"The script is not on this page.",todo:`Add its tag to the head, before Optimizely\u2019s SDK, or look whether Tag Manager\u2019s tag has fired. ${q}`}}function re({fullstory:e}){let t="FullStory",n=`\`${e.namespace}\``;switch(e.state){case"absent":return{title:t,mood:"bad",what:`FullStory is not on this page: there is no function ${n}.`,todo:"Add its snippet. Where it waits for consent, give it and look again."};case"blocked":return{title:t,mood:"bad",what:"FullStory\u2019s snippet is there, but its script was blocked.",todo:"Look for an ad blocker, a content security policy or a network that stops it."};case"loading":return{title:t,mood:"waiting",what:"FullStory\u2019s snippet is there, and its script has not come yet.",todo:"Wait a few seconds. If it stays so, an ad blocker or a content security policy stops it."};case"there":return{title:t,mood:"waiting",what:`FullStory is there as ${n}; no session runs.`,todo:""};case"capturing":return{title:t,mood:"good",what:`FullStory is there as ${n} and captures.`,todo:""}}}function ae({sdks:e,clients:t,hasWebExperimentation:n}){let o="Optimizely",i=e.concat(t);return i.length?{title:o,mood:"good",what:`Feature Experimentation is there: ${i.map(r=>`\`${r}\``).join(", ")}.`,todo:""}:n?{title:o,mood:"bad",what:"This page has Optimizely Web Experimentation. Only Feature Experimentation makes flag decisions.",todo:"For Web Experimentation use FullStory\u2019s own integration."}:{title:o,mood:"waiting",what:"No global of Optimizely\u2019s SDK is on this page.",todo:"Where the app bundles the SDK, hand its client over: `optimizelyFullStory.connect(client)`."}}function se({scripts:e,fullstory:t,clients:n,sdks:o}){let i=[];if(e.length>1&&i.push({title:"Several scripts",mood:"waiting",what:`This script is on the page ${e.length} times; the first one runs, with its settings.`,todo:"Leave one of the tags."}),t.scripts>1&&i.push({title:"Several FullStory scripts",mood:"waiting",what:`FullStory\u2019s script is on the page ${t.scripts} times.`,todo:"Leave one snippet; where two accounts are meant, set `namespace` to the one that is to have the decisions."}),o.length>1||n.length>1){let r=(n.length>1?n:o).map(d=>`\`${d}\``).join(" and ");i.push({title:"Several from Optimizely",mood:"good",what:`The page has ${r}. All of them are listened to, and one that is the same twice counts once.`,todo:""})}return i}function L(e){return{essential:e.status?[]:[ie(e),ae(e),re(e)],several:se(e)}}var T={absent:{mood:"bad",text:"Not on this page."},loading:{mood:"waiting",text:"Its script is still loading. Decisions wait for it."},blocked:{mood:"bad",text:"Its script does not load."},waiting:{mood:"waiting",text:"Loaded, but captures nothing yet: it waits for consent, for a start that the site delays, or was shut down. Decisions wait until it captures."},capturing:{mood:"good",text:"Captures this session."},refused:{mood:"bad",text:"Its server declined to capture this visitor."}},C={"fullstory-absent":{mood:"bad",what:"There is no FullStory on this page.",todo:"Add FullStory\u2019s snippet. If it is there under another name, set `namespace`. Decisions wait until it comes."},"fullstory-blocked":{mood:"bad",what:"FullStory\u2019s snippet is there, but its script does not load.",todo:"Look for an ad blocker, a content security policy or a network that stops it. Try a window without extensions."},"fullstory-refused":{mood:"bad",what:"FullStory\u2019s server declined to capture this visitor.",todo:"Check the account\u2019s session quota, its list of domains, its privacy rules, and whether this browser is supported."},"fullstory-throws":{mood:"waiting",what:"FullStory\u2019s function threw an error. What was not handed over is tried again.",todo:"Look for code of the site that wraps or replaces FullStory\u2019s global, and for its error in the console."},"client-missing":{mood:"bad",what:"No Optimizely client was found, and no decision was made.",todo:"If the app bundles its SDK, call `optimizelyFullStory.connect(client)`; or set `client` to the name of the global that holds it."},"client-invalid":{mood:"bad",what:"What was handed over as the client is none: null, a promise, or another object.",todo:"Hand over what `createInstance()` returned. A promise has to be awaited first."},"client-late":{mood:"waiting",what:"The client was there before this script, so decisions may have been missed.",todo:"Put the script before Optimizely\u2019s SDK. What Optimizely had not sent yet is recovered (see \u201Crecovered\u201D)."},"sdk-not-ready":{mood:"bad",what:"Optimizely\u2019s SDK did not get its datafile, so it cannot decide.",todo:"Check the SDK key and the environment, and whether cdn.optimizely.com is blocked here."},"global-locked":{mood:"waiting",what:"The page froze this global, so clients made by it are not seen.",todo:"Hand the client over: `optimizelyFullStory.connect(client)`."},"decision-invalid":{mood:"waiting",what:"Something came as a decision that has no flag key or does not say whether the flag is enabled.",todo:"Check what is given to `record()`: each decision needs `flag_key` and `enabled`."},"before-send":{mood:"waiting",what:"`beforeSend` is missing, threw an error, or returned neither an event nor `false`. The event went out unchanged.",todo:"Check the function and its name, and let it return the event or `false` each time."},"property-name-rule":{mood:"waiting",what:"The name of a user property is outside FullStory\u2019s documented rule.",todo:"Set `propertyName` to letters, digits, `_` and `-` only, as in `optimizely_{flag}`."},"child-frame":{mood:"waiting",what:"This page is in a frame, where FullStory takes events but no user properties.",todo:"Nothing, if events are enough. Else make the decision in the outer page, or hand it over there with `record()`."},storage:{mood:"waiting",what:"The browser\u2019s storage cannot be used, so `persist` and `dedupe: session` are as if not set.",todo:"Nothing in a private window. Else look whether the browser or the page\u2019s sandbox forbids storage, or it is full."},"setting-unknown":{mood:"waiting",what:"There is no setting of this name.",todo:"Check its spelling. As attributes, names have hyphens (`data-property-name`); in an object they do not (`propertyName`)."},"setting-wrong":{mood:"waiting",what:"This setting cannot have the value that it was given, so its default holds.",todo:"Check the value against the table of settings in the README."}},B={mood:"waiting",what:"This inspector does not know this code: it is older than the script.",todo:"Use the inspector of the script\u2019s own version."};function S(e,t){return`${e.toLocaleString("en")} ${t}${e===1?"":"s"}`}function de(e){return e<1?"at once":e<1e3?`after ${Math.round(e)} ms`:e<6e4?`after ${(e/1e3).toFixed(1)} s`:`after ${Math.round(e/6e4)} min`}var W={absent:"FullStory is not there",loading:"FullStory is loading",blocked:"FullStory is blocked",waiting:"FullStory captures nothing yet",capturing:"its turn comes",refused:"FullStory declined"};function le({outcome:e,at:t,settledAt:n,flagKey:o},i){switch(e){case"sent":return n===null?"":de(n-t);case"duplicate":return"the session already has it";case"ignored":return o?"left out by the settings":"no decision: it has no flag key";case"dropped":return"too many were waiting";case"waiting":return W[i.fullstory]}}function ce(e,t){let{at:n,flagKey:o,variationKey:i,ruleKey:r,enabled:d,outcome:p}=e;return{at:n,flag:o||"(no flag key)",value:d?i||"on":"off",rule:r||"",outcome:p,text:le(e,t)}}function pe({clients:e,sdk:t,decisions:n},o){let i={label:"Optimizely",todo:""};if(!e&&n.seen)return{...i,mood:"good",text:"Listens to no client; decisions came by `record()`, or before it was disconnected."};if(!e)return{...i,mood:"bad",text:"Listens to no client."};let r=`Listens to ${S(e,"client")}${o.length?` (${o.map(d=>`\`${d}\``).join(", ")})`:""}`;return t.state==="failed"?{...i,mood:"bad",text:`${r}; the SDK is not ready: ${t.reason||"unknown why"}`}:t.state==="waiting"?{...i,mood:"waiting",text:`${r}; the SDK waits for its datafile.`}:{...i,mood:"good",text:`${r}; the SDK is ready.`}}function ue({fullstory:e,clients:t,sdk:n,decisions:{seen:o,sent:i,waiting:r,ignored:d}}){if(!t&&!o)return{mood:"bad",text:"No Optimizely client was found"};if(n.state==="failed"&&!o)return{mood:"bad",text:"Optimizely\u2019s SDK is not ready"};if(e!=="capturing"){let{mood:p}=T[e],a=W[e];return r?{mood:p,text:`${S(r,"decision")} ${r===1?"waits":"wait"}: ${a}`}:{mood:p,text:a}}return o?r?{mood:"waiting",text:`Handing over: ${S(r,"decision")} to go`}:d===o?{mood:"waiting",text:"Every decision was left out by the settings"}:i?{mood:"good",text:`It works: ${S(i,"decision")} handed over`}:{mood:"good",text:"It works: the session already has every decision"}:{mood:"waiting",text:"Ready: no decision has been made yet"}}function he(e){let t=e.split(":")[0];return{...Object.keys(C).indexOf(t)>=0?C[t]:B,title:e}}function me(e,t){let{version:n,fullstory:o,namespace:i,decisions:r,problems:d,session:p}=e,a=ue(e),c=T[o],l=d.map(he);return r.dropped&&(a.mood="bad",a.text=`${S(r.dropped,"decision")} had to be given up`,l.push({title:"dropped",mood:"bad",what:"More decisions were waiting than `bufferSize` allows, so the oldest were given up.",todo:"Find out why they wait (see FullStory above), or set a larger `bufferSize`."})),a.mood==="good"&&l.some(({mood:u})=>u!=="good")&&(a.mood="waiting",a.text="It works, with something to look at"),l.push(...L(t).several),{verdict:a,lines:[{mood:"good",label:"Script",text:`Version ${n} runs.`,todo:""},pe(e,t.clients),{mood:c.mood,label:"FullStory",text:`${c.text} Its global is \`${i}\`.`,todo:""}],advice:l,counts:r,decisions:(e.recent||[]).map(u=>ce(u,e)).reverse(),session:p&&/^https:\/\//.test(p)?p:null}}function F(e){if(e.status)return me(e.status,e);let{essential:t,several:n}=L(e);return{verdict:{mood:"bad",text:"The script does not run on this page"},lines:t.map(({mood:o,title:i,what:r,todo:d})=>({mood:o,label:i,text:r,todo:d})),advice:n,counts:void 0,decisions:[],session:null}}function g(e){try{return e()}catch{return}}function x(e,t=window){return g(()=>t[e])}function K(e){return!!g(()=>typeof e.status=="function")}function ge(e){return!!g(()=>typeof e.notificationCenter.addNotificationListener=="function")}function _(e){let t=e.getAttribute("src")||e.getAttribute("data-src")||"";return g(()=>new URL(t,document.baseURI).href)||t}function j(e){let t=[];return document.querySelectorAll("script").forEach(n=>{e.test(_(n).split(/[?#]/)[0])&&t.push(n)}),t}function fe(e){let t=g(()=>performance.getEntriesByName(_(e)).pop());return{isHeldBack:!!e.type&&!/^(module|(text|application)\/(x-)?(java|ecma)script)$/i.test(e.type),httpStatus:t&&t.responseStatus||void 0}}function be(){let e=document.querySelector("script[data-fs-namespace]"),t=x("_fs_namespace"),n=typeof t=="string"&&t||e&&e.getAttribute("data-fs-namespace")||"FS",o=x(n),i="absent";if(typeof o=="function"){let{q:r,_api:d,getCurrentSessionURL:p}=o;r&&!d?i=Object.keys(r).indexOf("push")<0?"loading":"blocked":i=g(()=>p&&p())?"capturing":"there"}return{namespace:n,state:i,scripts:j(/\/s\/fs\.js$|fullstory\/fs\.js$/).length}}function we(){return[["optimizelyClientInstance",g(()=>optimizelyClientInstance)],["optimizelyClient",g(()=>optimizelyClient)]].filter(([,t])=>ge(t)).map(([t])=>t)}function xe(e){let t=Object.getOwnPropertyDescriptor(window,e);return!!t&&!t.configurable&&!t.writable&&!t.set}function ye(){for(let e=0;e<frames.length;e++)if(K(x("optimizelyFullStory",frames[e])))return!0;return!1}function z(){let e="optimizelyFullStory",t=x(e),n=K(t)?g(()=>t.status()):void 0,o=typeof t=="object"&&!!t;return{global:n?"bridge":xe(e)?"locked":o?"settings":"missing",status:n,scripts:j(/optimizely-fullstory(@[^/]+|[^/]*\.js)?$/).map(fe),isInFrame:ye(),fullstory:be(),sdks:["optimizelySdk","optimizelyReactSdk"].filter(i=>{let r=x(i);return!!g(()=>typeof r.createInstance=="function")}),clients:we(),hasWebExperimentation:typeof x("get",x("optimizely"))=="function"}}var U="optimizely-fullstory-inspector",G="optimizely-fullstory-inspector-close",ve=500;function Se(){let e=document.createElement(U);e.className="fs-exclude";function t(){clearInterval(i),o.remove()}function n(){e.isConnected?o.draw(F(z())):t()}let o=I(e,r=>navigator.clipboard.writeText(r),()=>H(F(z()),location.hostname,navigator.userAgent,Date.now()),t),i=setInterval(n,ve);e.addEventListener(G,t),n()}function ke(){let e=document.querySelector(U);e?(e.dispatchEvent(new Event(G)),e.remove()):Se()}ke();})();
