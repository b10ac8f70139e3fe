"use strict";(()=>{function s(e,t={},...o){let n=document.createElement(e);for(let[i,r]of Object.entries(t))n.setAttribute(i,r);for(let i of o)n.appendChild(typeof i=="string"?document.createTextNode(i):i);return n}function E(e){return e.split("`").map((t,o)=>o%2?s("code",{},t):document.createTextNode(t))}function H(e){let t={good:"\u2713",waiting:"\u2026",bad:"!"};return s("span",{class:`sign ${e}`,"aria-hidden":"true"},t[e])}var re={ArrowLeft:[-24,0],ArrowRight:[24,0],ArrowUp:[0,-24],ArrowDown:[0,24]};function K(e,t,o){let n;function i(){let a=e.getBoundingClientRect(),{right:u,bottom:l}=getComputedStyle(e);return{box:a,width:a.right+parseFloat(u),height:a.bottom+parseFloat(l)}}function r(a,u){let{box:l,width:h,height:m}=i(),x=(w,S)=>Math.max(8,Math.min(w,S-8));e.style.right=`${x(h-a-l.width,h-l.width)}px`,e.style.bottom=`${x(m-u-l.height,m-l.height)}px`}function d(){let{box:a,width:u,height:l}=i();(a.left<0||a.top<0||a.right>u||a.bottom>l)&&r(a.left,a.top)}t.addEventListener("pointerdown",a=>{let u=a.target.closest("button");if(a.button||u&&u!==o)return;let{left:l,top:h}=e.getBoundingClientRect();n={x:a.clientX-l,y:a.clientY-h},t.setPointerCapture(a.pointerId)}),t.addEventListener("pointermove",a=>{n&&r(a.clientX-n.x,a.clientY-n.y)}),t.addEventListener("lostpointercapture",()=>{n=void 0}),o.addEventListener("keydown",a=>{let u=re[a.key];if(!u)return;a.preventDefault();let{left:l,top:h}=e.getBoundingClientRect();r(l+u[0],h+u[1])});let c=new ResizeObserver(d);return c.observe(e),addEventListener("resize",d),()=>{c.disconnect(),removeEventListener("resize",d)}}function ae(){try{let e=document.querySelectorAll("dialog:modal"),t=document.activeElement;return t&&t.closest("dialog:modal")||e[e.length-1]||document.documentElement}catch{return document.documentElement}}function D(e,t){let o=ae();if(e.parentNode!==o){o.appendChild(e);try{t.setAttribute("popover","manual"),t.showPopover()}catch{t.removeAttribute("popover")}}}var z=`
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

.timeline .detail {
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
`;function se({at:e,flag:t,value:o,rule:n,outcome:i,text:r}){let d=new Date(e);return s("li",{class:i},s("span",{class:"decision"},s("b",{},t)," = ",s("code",{},o)),s("span",{class:"outcome"},i),s("span",{class:"detail"},s("time",{datetime:d.toISOString()},d.toTimeString().slice(0,8)),(r&&` \xB7 ${r}`)+(n&&` \xB7 rule ${n}`)))}function B(e){return s("ol",{class:"timeline"},...e.map(se))}var de=["click","dblclick","auxclick","contextmenu","wheel","input","change","focusin","focusout","pointerdown","pointerup","pointermove","mousedown","mouseup","mousemove","touchstart","touchmove","touchend","keydown","keypress","keyup"],le=[["seen","made on this page so far"],["sent","handed over to FullStory"],["duplicate","the session had them already"],["ignored","left out by the settings, or no decisions"],["waiting","to be handed over"],["dropped","given up: too many were waiting"],["recovered","among those seen: made before the script listened"]];function ce(e){try{let t=new CSSStyleSheet;t.replaceSync(z),e.adoptedStyleSheets=[t]}catch{e.appendChild(s("style",{},z))}}function ue(e,t){let o=s("dl",{class:"lines"});for(let{mood:n,label:i,text:r,todo:d}of e){o.appendChild(s("dt",{},H(n),i));let c=s("dd",{},...E(r));if(i==="FullStory"&&t){let a={href:t,target:"_blank",rel:"noopener noreferrer"};c.appendChild(document.createTextNode(" ")),c.appendChild(s("a",a,"Open the session"))}d&&c.appendChild(s("p",{},...E(d))),o.appendChild(c)}return o}function pe(e){let t=s("ul",{class:"advice"});for(let{mood:o,title:n,what:i,todo:r}of e){let d=s("p",{class:"what"},...E(i));t.appendChild(s("li",{class:o},s("h4",{},n),d,...r?[s("p",{},...E(r))]:[]))}return t}function he(e){let t=s("dl",{class:"counts"});for(let[o,n]of le)t.appendChild(s("div",{title:n,class:`${o}${e[o]?"":" none"}`},s("dt",{},o),s("dd",{},e[o].toLocaleString("en"))));return t}function L(e){let t=s("section",{}),o="";return{node:t,draw(n,i){let r=JSON.stringify(n);if(r!==o){for(o=r;t.lastChild;)t.removeChild(t.lastChild);t.hidden=!n,n&&(e&&t.appendChild(s("h3",{},e)),t.appendChild(i()))}}}}function W(e,t,o,n){let i=e.attachShadow({mode:"open"}),r=document.activeElement,d=s("button",{type:"button",class:"handle","aria-label":"Move with the arrow keys",title:"Drag, or use the arrow keys"},s("span",{"aria-hidden":"true"},"\u283F")),c=s("button",{type:"button",class:"copy"},"Copy report"),a=s("button",{type:"button",class:"close","aria-label":"Close",title:"Close (Escape)"},s("span",{"aria-hidden":"true"},"\u2715")),u=s("header",{},d,s("h2",{id:"title"},"Optimizely \u2192 FullStory"),c,a),l=s("p",{class:"verdict",role:"status"}),h=s("p",{class:"notice",role:"status"}),m=s("textarea",{readonly:"",rows:"6","aria-label":"The report, to be copied",spellcheck:"false"});m.hidden=!0;let x={lines:L(""),advice:L("What to look at"),counts:L("Decisions"),timeline:L("The latest decisions")},{lines:w,advice:S,counts:N,timeline:R}=x,ne=s("div",{class:"body",tabindex:"0",role:"group","aria-label":"What it sees"},...[w,S,N,R].map(({node:p})=>p)),v=s("div",{class:"panel",role:"dialog","aria-labelledby":"title",tabindex:"-1"},u,l,h,m,ne);c.addEventListener("click",async()=>{let p=o();try{await t(p),m.hidden=!0,h.textContent="Copied. It names neither the visitor nor the session."}catch{m.hidden=!1,m.value=p,m.focus(),m.select(),h.textContent="Press Ctrl+C, or \u2318C, to copy:"}}),a.addEventListener("click",n),v.addEventListener("keydown",p=>{p.key==="Escape"&&(p.preventDefault(),n())});for(let p of de)e.addEventListener(p,C=>C.stopPropagation(),{passive:!0});ce(i),i.appendChild(v),D(e,v);let ie=K(v,u,d);return v.focus({preventScroll:!0}),{draw(p){D(e,v);let{mood:C,text:P}=p.verdict;l.textContent!==P&&(l.textContent=P),v.setAttribute("data-mood",C),w.draw([p.lines,p.session],()=>ue(p.lines,p.session)),S.draw(p.advice.length&&p.advice,()=>pe(p.advice)),N.draw(p.counts,()=>he(p.counts)),R.draw(p.decisions.length&&p.decisions,()=>B(p.decisions))},remove(){let p=document.activeElement===e;ie(),e.remove(),p&&r instanceof HTMLElement&&r.focus({preventScroll:!0})}}}function j(e){return new Date(e).toISOString()}function _({verdict:e,lines:t,advice:o,counts:n,decisions:i},r,d,c){let a=["optimizely-fullstory: what the inspector saw",e.text,"",`Site: ${r||"a local file"}`,`Browser: ${d}`,`When: ${j(c)}`,""];for(let{label:u,text:l,todo:h}of t)a.push(`${u}: ${l}${h?` ${h}`:""}`);o.length&&a.push("","What to look at");for(let{title:u,what:l,todo:h}of o)a.push(`- ${u}: ${l}${h?` ${h}`:""}`);if(n){let{seen:u,sent:l,duplicate:h,ignored:m,waiting:x,dropped:w,recovered:S}=n;a.push("","Decisions",`${u} seen = ${l} sent + ${h} duplicate + ${m} ignored + ${x} waiting + ${w} dropped; ${S} of them recovered`)}i.length&&a.push("",`The latest ${i.length}, the newest first`);for(let{at:u,flag:l,value:h,rule:m,outcome:x,text:w}of i)a.push(`${j(u)}  ${l} = ${h}${m?` (${m})`:""}  ${x}${w?`, ${w}`:""}`);return`${a.join(`
`)}
`}var q="An app that uses the module keeps its bridge to itself: let it run `Object.assign(globalThis, { optimizelyFullStory: bridge })`, and look again.";function me({global:e,scripts:t,isInFrame:o}){let n="Script",i=t.find(({httpStatus:r})=>r!==void 0&&r>=400);return o?{title:n,mood:"bad",what:"The script runs in a frame of this page, not in the page itself.",todo:"Put it where the decisions are made. To look at the frame, choose it in the console and paste the inspector there."}:e==="locked"?{title:n,mood:"bad",what:"The page has locked the name `optimizelyFullStory`, so a script that runs cannot be asked.",todo:"Remove the code that freezes this global. Decisions may arrive in FullStory all the same."}:e==="foreign"?{title:n,mood:"bad",what:"Something else has the name `optimizelyFullStory`, and answers not as this script does.",todo:"Look for the page\u2019s code that sets this global, and rename it. Until then a script that runs cannot be asked, and one that comes later may not start."}:t.some(({isInWorker:r})=>r)?{title:n,mood:"bad",what:"Its script tag is there, but Partytown runs it in a web worker, where there is no page to listen to.",todo:'Take `type="text/partytown"` out of its tag. Other scripts may stay there.'}:t.some(({isHeldBack:r})=>r)?{title:n,mood:"bad",what:"Its script tag is there, but held back by its `type`, as consent tools do.",todo:"Give consent in the site\u2019s banner and look again; or take the tag out of what the tool holds back: it sends nothing before FullStory captures."}:i?{title:n,mood:"bad",what:`Its script tag is there, but the server answered ${i.httpStatus}.`,todo:"Check the address in the tag, and that the file is on the server."}:t.length?{title:n,mood:"bad",what:"Its script tag is there, but the script has not run.",todo:"Look into the console: it is still loading, or a content security policy, a blocker or a wrong address stops it."}:e==="settings"?{title:n,mood:"bad",what:"Its settings are on the page, but the script itself is not.",todo:`Add the script tag after them, or look whether Tag Manager\u2019s tag has fired. ${q}`}:{title:n,mood:"bad",what:"The script is not on this page.",todo:`Add its tag to the head, before Optimizely\u2019s SDK, or look whether Tag Manager\u2019s tag has fired. ${q}`}}function fe({fullstory:e}){let t="FullStory",o=`\`${e.namespace}\``;switch(e.state){case"absent":return{title:t,mood:"bad",what:`FullStory is not on this page: there is no function ${o}.`,todo:"Add its snippet. Where it waits for consent, give it and look again."};case"blocked":return{title:t,mood:"bad",what:"FullStory\u2019s snippet is there, but its script was blocked.",todo:"Look for an ad blocker, a content security policy or a network that stops it."};case"loading":return{title:t,mood:"waiting",what:"FullStory\u2019s snippet is there, and its script has not come yet.",todo:"Wait a few seconds. If it stays so, an ad blocker or a content security policy stops it."};case"there":return{title:t,mood:"waiting",what:`FullStory is there as ${o}; no session runs.`,todo:""};case"capturing":return{title:t,mood:"good",what:`FullStory is there as ${o} and captures.`,todo:""}}}function ge({sdks:e,clients:t,hasWebExperimentation:o}){let n="Optimizely",i=e.concat(t);return i.length?{title:n,mood:"good",what:`Feature Experimentation is there: ${i.map(r=>`\`${r}\``).join(", ")}.`,todo:""}:o?{title:n,mood:"bad",what:"This page has Optimizely Web Experimentation. Only Feature Experimentation makes flag decisions.",todo:"For Web Experimentation use FullStory\u2019s own integration."}:{title:n,mood:"waiting",what:"No global of Optimizely\u2019s SDK is on this page.",todo:"Where the app bundles the SDK, hand its client over: `optimizelyFullStory.connect(client)`."}}function be({scripts:e,fullstory:t,clients:o,sdks:n}){let i=[];if(e.length>1&&i.push({title:"Several scripts",mood:"waiting",what:`This script is on the page ${e.length} times; the first one runs, with its settings.`,todo:"Leave one of the tags."}),t.scripts>1&&i.push({title:"Several FullStory scripts",mood:"waiting",what:`FullStory\u2019s script is on the page ${t.scripts} times.`,todo:"Leave one snippet; where two accounts are meant, set `namespace` to the one that is to have the decisions."}),n.length>1||o.length>1){let r=(o.length>1?o:n).map(d=>`\`${d}\``).join(" and ");i.push({title:"Several from Optimizely",mood:"good",what:`The page has ${r}. All of them are listened to, and one that is the same twice counts once.`,todo:""})}return i}function M(e){return{essential:e.status?[]:[me(e),ge(e),fe(e)],several:be(e)}}var T={absent:{mood:"bad",text:"Not on this page."},loading:{mood:"waiting",text:"Its script is still loading. Decisions wait for it."},blocked:{mood:"bad",text:"Its script does not load."},waiting:{mood:"waiting",text:"Loaded, but captures nothing yet: it waits for consent, for a start that the site delays, or was shut down. Decisions wait until it captures."},capturing:{mood:"good",text:"Captures this session."},refused:{mood:"bad",text:"Its server declined to capture this visitor."}},O={"fullstory-absent":{mood:"bad",what:"There is no FullStory on this page.",todo:"Add FullStory\u2019s snippet. If it is there under another name, set `namespace`. Decisions wait until it comes."},"fullstory-blocked":{mood:"bad",what:"FullStory\u2019s snippet is there, but its script does not load.",todo:"Look for an ad blocker, a content security policy or a network that stops it. Try a window without extensions."},"fullstory-refused":{mood:"bad",what:"FullStory\u2019s server declined to capture this visitor.",todo:"Check the account\u2019s session quota, its list of domains, its privacy rules, and whether this browser is supported."},"fullstory-throws":{mood:"waiting",what:"FullStory\u2019s function threw an error. What was not handed over is tried again.",todo:"Look for code of the site that wraps or replaces FullStory\u2019s global, and for its error in the console."},"amplitude-absent":{mood:"bad",what:"There is no Amplitude on this page.",todo:"Add Amplitude. If it has another name, or comes from npm, set `amplitude`. Decisions wait until it comes."},"amplitude-blocked":{mood:"bad",what:"Amplitude\u2019s snippet is there, but its library does not load.",todo:"Look for an ad blocker, a content security policy or a network that stops it. Try a window without extensions."},"amplitude-throws":{mood:"waiting",what:"Amplitude\u2019s function threw an error. What was not handed over is tried again.",todo:"Look for code of the site that wraps or replaces `amplitude.track`, and for its error in the console."},"client-missing":{mood:"bad",what:"No Optimizely client was found, and no decision was heard.",todo:"If the app bundles its SDK, call `optimizelyFullStory.connect(client)`; or set `client` to the name of the global that holds it."},"client-invalid":{mood:"bad",what:"What was handed over as the client is none: null, a promise, or another object.",todo:"Hand over what `createInstance()` returned. A promise has to be awaited first."},"client-late":{mood:"waiting",what:"The client was there before this script, so decisions may have been missed.",todo:"Put the script before Optimizely\u2019s SDK. What Optimizely had not sent yet is recovered (see \u201Crecovered\u201D)."},"sdk-not-ready":{mood:"bad",what:"Optimizely\u2019s SDK did not get its datafile, so it cannot decide.",todo:"Check the SDK key and the environment, and whether cdn.optimizely.com is blocked here."},"global-locked":{mood:"waiting",what:"The page froze this global, so clients made by it are not seen.",todo:"Hand the client over: `optimizelyFullStory.connect(client)`."},"decision-invalid":{mood:"waiting",what:"Something came as a decision that has no flag key or does not say whether the flag is enabled.",todo:"Check what is given to `record()`: each decision needs `flag_key` and `enabled`."},"before-send":{mood:"waiting",what:"`beforeSend` is missing, threw an error, or returned neither an event nor `false`. The event went out unchanged.",todo:"Check the function and its name, and let it return the event or `false` each time."},"property-name-rule":{mood:"waiting",what:"The name of a user property is outside FullStory\u2019s documented rule.",todo:"Set `propertyName` to letters, digits, `_` and `-` only, as in `optimizely_{flag}`."},"property-limit":{mood:"waiting",what:"More different user properties were handed over than FullStory keeps: 500 names in an account.",todo:"Choose the flags that matter with `flags`, or set `propertyName` to nothing: events have no such limit."},"settings-late":{mood:"waiting",what:"Settings were written after the script had run, so they do nothing.",todo:"Move them in front of the script."},"legacy-calls":{mood:"bad",what:"The site calls only older methods such as `isFeatureEnabled()` or `activate()`, which make no flag decision.",todo:"Use `createUserContext(\u2026).decide(\u2026)`: only flag decisions are forwarded."},"client-shared":{mood:"waiting",what:"Two bridges hear one client and forward the same flags to the same destination, so each decision arrives twice.",todo:"Load the script once, or give each its own `flags`."},"child-frame":{mood:"waiting",what:"This page is in a frame, where FullStory takes events but no user properties.",todo:"Nothing, if events are enough. Else make the decision in the outer page, or hand it over there with `record()`."},storage:{mood:"waiting",what:"The browser\u2019s storage cannot be used, so `persist` and `dedupe: session` are as if not set.",todo:"Nothing in a private window. Else look whether the browser or the page\u2019s sandbox forbids storage, or it is full."},"setting-unknown":{mood:"waiting",what:"There is no setting of this name.",todo:"Check its spelling. As attributes, names have hyphens (`data-property-name`); in an object they do not (`propertyName`)."},"setting-wrong":{mood:"waiting",what:"This setting cannot have the value that it was given, so its default holds.",todo:"Check the value against the table of settings in the README."}},U={mood:"waiting",what:"This inspector does not know this code: it is older than the script.",todo:"Use the inspector of the script\u2019s own version."};function $(e,t){return`${e.toLocaleString("en")} ${t}${e===1?"":"s"}`}function we(e){return e<1?"at once":e<1e3?`after ${Math.round(e)} ms`:e<6e4?`after ${(e/1e3).toFixed(1)} s`:`after ${Math.round(e/6e4)} min`}var G={absent:"FullStory is not there",loading:"FullStory is loading",blocked:"FullStory is blocked",waiting:"FullStory captures nothing yet",capturing:"its turn comes",refused:"FullStory declined"};function ye({outcome:e,at:t,settledAt:o,flagKey:n},i){switch(e){case"sent":return o===null?"":we(o-t);case"duplicate":return"the session already has it";case"ignored":return n?"left out by the settings":"no decision: it has no flag key";case"dropped":return"too many were waiting";case"waiting":return G[i.fullstory];default:return""}}function xe(e,t){let{at:o,flagKey:n,variationKey:i,ruleKey:r,enabled:d,outcome:c}=e;return{at:o,flag:n||"(no flag key)",value:d?i||"on":"off",rule:r||"",outcome:c,text:ye(e,t)}}function ve(e,{clients:t,sdks:o}){let n=c=>c.map(a=>`\`${a}\``).join(" and "),i=e-t.length,r=c=>c>=e?"":`${c} `,d=t.length?[`${r(t.length)}found in ${n(t)}`]:[];return i>0&&d.push(`${r(i)}${o.length?`made by ${n(o)}, or given by the site`:"given by the site"}`),d.join("; ")}function Se({clients:e,sdk:t,decisions:o},n){let i={label:"Optimizely",todo:""};if(!e&&o.seen)return{...i,mood:"good",text:"Listens to no client; decisions came by `record()`, or before it was disconnected."};if(!e)return{...i,mood:"bad",text:"Listens to no client."};let r=`Listens to ${$(e,"client")} (${ve(e,n)})`;if(t.state==="failed")return{...i,mood:"bad",text:`${r}; the SDK is not ready: ${t.reason||"unknown why"}`};if(t.state==="waiting")return{...i,mood:"waiting",text:`${r}; the SDK waits for its datafile.`};let d=t.state==="ready"?"; the SDK is ready":"";return{...i,mood:"good",text:`${r}${d}.`}}function ke({fullstory:e,clients:t,sdk:o,decisions:{seen:n,sent:i,waiting:r,ignored:d}}){if(!t&&!n)return{mood:"bad",text:"No Optimizely client was found"};if(o.state==="failed"&&!n)return{mood:"bad",text:"Optimizely\u2019s SDK is not ready"};if(e!=="capturing"){let{mood:c}=T[e],a=G[e];return r?{mood:c,text:`${$(r,"decision")} ${r===1?"waits":"wait"}: ${a}`}:{mood:c,text:a}}return n?r?{mood:"waiting",text:`Handing over: ${$(r,"decision")} to go`}:d===n?{mood:"waiting",text:"Every decision was left out by the settings"}:i?{mood:"good",text:`It works: ${$(i,"decision")} handed over`}:{mood:"good",text:"It works: the session already has every decision"}:{mood:"waiting",text:"Ready: no decision has been made yet"}}function Ee(e){let t=e.split(":")[0];return{...Object.keys(O).indexOf(t)>=0?O[t]:U,title:e}}function Te(e,t){let{version:o,fullstory:n,namespace:i,decisions:r,problems:d,session:c}=e,a=ke(e),u=T[n],l=d.map(Ee);return r.dropped&&(a.mood="bad",a.text=`${$(r.dropped,"decision")} had to be given up`,l.push({title:"dropped",mood:"bad",what:"More decisions were waiting than `bufferSize` allows, so the oldest were given up.",todo:"Find out why they wait (see FullStory above), or set a larger `bufferSize`."})),a.mood==="good"&&l.some(({mood:h})=>h!=="good")&&(a.mood="waiting",a.text="It works, with something to look at"),l.push(...M(t).several),{verdict:a,lines:[{mood:"good",label:"Script",text:`Version ${o} runs.`,todo:""},Se(e,t),{mood:u.mood,label:"FullStory",text:`${u.text} Its global is \`${i}\`.`,todo:""}],advice:l,counts:r,decisions:e.recent.map(h=>xe(h,e)).reverse(),session:c&&/^https:\/\//.test(c)?c:null}}function I(e){if(e.status)return Te(e.status,e);let{essential:t,several:o}=M(e);return{verdict:{mood:"bad",text:"The script does not run on this page"},lines:t.map(({mood:n,title:i,what:r,todo:d})=>({mood:n,label:i,text:r,todo:d})),advice:o,counts:void 0,decisions:[],session:null}}var $e=864e13;function k(e){return typeof e=="object"&&e?e:{}}function f(e){return typeof e=="string"?e:""}function g(e){return typeof e=="number"&&Math.abs(e)<=$e?e:0}function F(e){return Array.isArray(e)?e:[]}function Y(e){let t=k(e);return{seen:g(t.seen),sent:g(t.sent),duplicate:g(t.duplicate),ignored:g(t.ignored),waiting:g(t.waiting),dropped:g(t.dropped),recovered:g(t.recovered)}}function Le(e){let{state:t,reason:o}=k(e);return{state:["waiting","ready","failed"].find(i=>i===t)||"missing",reason:f(o)}}function X(e){let{flagKey:t,variationKey:o,ruleKey:n,enabled:i,dispatched:r,experimentId:d,variationId:c,at:a,outcome:u,settledAt:l}=k(e);return{flagKey:f(t),variationKey:f(o)||null,ruleKey:f(n)||null,enabled:i===!0,dispatched:r===!0,experimentId:f(d)||null,variationId:f(c)||null,at:g(a),outcome:f(u),settledAt:typeof l=="number"?g(l):null}}function Fe(e){let{name:t,state:o,namespace:n,session:i,decisions:r,recent:d}=k(e);return{name:f(t),state:V(o)||"absent",namespace:f(n)||null,session:f(i)||null,decisions:Y(r),recent:F(d).map(X)}}function V(e){return Object.keys(T).find(t=>t===e)}function J(e,t){let o=k(e);if(typeof k(o.decisions).seen=="number")return{version:f(o.version)||f(t.version)||"unknown",fullstory:V(o.fullstory)||t.fullstory,namespace:f(o.namespace)||t.namespace,session:f(o.session)||null,clients:g(o.clients),sdk:Le(o.sdk),destinations:F(o.destinations).map(Fe),decisions:Y(o.decisions),recent:F(o.recent).map(X),problems:F(o.problems).map(f).filter(Boolean)}}var Ce="[optimizely-fullstory] ";function y(e){try{return e()}catch{return}}function b(e,t){return y(()=>e[t])}function Q(e){return["status","disconnect"].every(t=>typeof b(e,t)=="function")}function De(e,{namespace:t,state:o}){if(!Q(e))return;let n=o==="there"?"waiting":o;return y(()=>J(e.status(),{version:e.version,fullstory:n,namespace:t}))}function ze(e){if(Re(e))return"locked";let t=b(window,e);return t==null?"missing":typeof t=="object"&&typeof b(t,"status")!="function"?"settings":"foreign"}function Me(e){return!!y(()=>typeof e.notificationCenter.addNotificationListener=="function")}function Z(e){let t=e.getAttribute("src")||e.getAttribute("data-src");return t?y(()=>new URL(t,document.baseURI).href)||t:""}function ee(e,t){let o=[];return document.querySelectorAll("script").forEach(n=>{let i=Z(n).split(/[?#]/)[0];(i?e.test(i):t&&`${n.textContent}`.indexOf(t)>=0)&&o.push(n)}),o}function Oe(e){let t=Z(e),o=y(()=>t&&performance.getEntriesByName(t).pop());return{isHeldBack:!!e.type&&!/^(module|(text|application)\/(x-)?(java|ecma)script)$/i.test(e.type),isInWorker:/^text\/partytown/.test(e.type),httpStatus:o&&o.responseStatus||void 0}}function Ie({q:e,_api:t,getCurrentSessionURL:o}){return e&&!t?Object.keys(e).indexOf("push")<0?"loading":"blocked":o&&o()?"capturing":"there"}function Ae(){let e=document.querySelector("script[data-fs-namespace]"),t=b(window,"_fs_namespace"),o=typeof t=="string"&&t||e&&e.getAttribute("data-fs-namespace")||"FS",n=b(window,o),i=typeof n=="function"?y(()=>Ie(n))||"there":"absent";return{namespace:o,state:i,scripts:ee(/\/s\/fs\.js$|fullstory\/fs\.js$/).length}}function Ne(){return[["optimizelyClientInstance",y(()=>optimizelyClientInstance)],["optimizelyClient",y(()=>optimizelyClient)]].filter(([,t])=>Me(t)).map(([t])=>t)}function Re(e){let t=Object.getOwnPropertyDescriptor(window,e);return!!t&&!t.configurable&&!t.writable&&!t.set}function Pe(){for(let e=0;e<frames.length;e++)if(Q(b(frames[e],"optimizelyFullStory")))return!0;return!1}function A(){let e="optimizelyFullStory",t=Ae(),o=De(b(window,e),t);return{global:o?"bridge":ze(e),status:o,scripts:ee(/optimizely-fullstory(@[^/]+|[^/]*\.js)?$/,Ce).map(Oe),isInFrame:Pe(),fullstory:t,sdks:["optimizelySdk","optimizelyReactSdk"].filter(n=>{let i=b(window,n);return!!y(()=>typeof i.createInstance=="function")}),clients:Ne(),hasWebExperimentation:typeof b(b(window,"optimizely"),"get")=="function"}}var te="optimizely-fullstory-inspector",oe="optimizely-fullstory-inspector-close",He=500;function Ke(){let e=document.createElement(te);e.className="fs-exclude";function t(){clearInterval(i),n.remove()}function o(){e.parentNode?n.draw(I(A())):t()}let n=W(e,r=>navigator.clipboard.writeText(r),()=>_(I(A()),location.hostname,navigator.userAgent,Date.now()),t),i=setInterval(o,He);e.addEventListener(oe,t),o()}function Be(){let e=document.querySelector(te);e?(e.dispatchEvent(new Event(oe)),e.remove()):Ke()}Be();})();
