// Shows the OpenAPI document of this very service; nothing is fetched from elsewhere.
window.addEventListener("load", () => {
  const place = document.getElementById("reference");
  SwaggerUIBundle({
    url: place.dataset.document,
    domNode: place,
    deepLinking: true,
    docExpansion: "list",
    validatorUrl: null,
  });
});
