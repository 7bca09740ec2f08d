from pathlib import Path


def write_schemas(folder: Path) -> None: ...


def stale_schemas(folder: Path) -> list[Path]:
    return []
