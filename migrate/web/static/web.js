// The pages work without this. With it a file that is too large is told before it is sent.
"use strict";
for (const field of document.querySelectorAll("input[type=file][data-limit]")) {
  field.addEventListener("change", () => {
    const large = [...field.files].some((file) => file.size > Number(field.dataset.limit));
    field.setCustomValidity(large ? field.dataset.tooLarge : "");
    field.reportValidity();
  });
}
for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", () => {
    const note = document.createElement("p");
    note.setAttribute("role", "status");
    note.className = "busy";
    note.textContent = form.dataset.busy;
    form.append(note);
  });
}
