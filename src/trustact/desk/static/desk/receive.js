// On the page where documents are handed in: files dropped on it or pasted into it stand in the form's own field.
"use strict";

const field = document.getElementById("documents");
const zone = document.getElementById("drop");
const chosen = document.getElementById("chosen");
const OVER = "is-over";

zone.querySelector(".drop__invitation").hidden = false;

function add(files) {
  const all = new DataTransfer();
  for (const file of [...field.files, ...files]) all.items.add(file);
  field.files = all.files;
  list();
}

function list() {
  chosen.replaceChildren(...[...field.files].map((file) => {
    const line = document.createElement("li");
    line.textContent = `${file.name} (${Math.max(1, Math.round(file.size / 1000))} kB)`;
    return line;
  }));
}

field.addEventListener("change", list);
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    zone.classList.add(OVER);
  });
}
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) zone.classList.remove(OVER); });
document.addEventListener("drop", (event) => {
  zone.classList.remove(OVER);
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  add(event.dataTransfer.files);
});
document.addEventListener("paste", (event) => {
  if (!event.clipboardData.files.length) return;
  event.preventDefault();
  add(event.clipboardData.files);
});
