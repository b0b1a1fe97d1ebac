"""Front-end files that npm packages ship, under the addresses that settings give them."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage, Storage


class PackageStorage(FileSystemStorage):
    """Reads ``settings.PACKAGE_FILES`` out of the folder of installed packages."""

    def __init__(self) -> None:
        super().__init__(location=settings.PACKAGES)

    def path(self, name: str) -> str:
        return super().path(settings.PACKAGE_FILES[name])


class PackageFinder(BaseFinder):
    """Finds exactly the files listed in ``settings.PACKAGE_FILES``: a package's other files are never served."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = PackageStorage()

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return [
            Error(f"{name} belum terpasang.", hint="Jalankan `make run` atau `make test`.", id="nawa.E001")
            for name in settings.PACKAGE_FILES
            if not Path(self.storage.path(name)).is_file()
        ]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path not in settings.PACKAGE_FILES:
            return []
        found = self.storage.path(path)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        return ((name, self.storage) for name in settings.PACKAGE_FILES)
