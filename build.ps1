# Builds ICE Explorer on Windows with MSYS2's UCRT64 compiler.
#
#   .\build.ps1            build bin\iceexplorer.exe, and for consoles iceexplorer.com
#   .\build.ps1 -Deps      install the MSYS2 packages first
#   .\build.ps1 -Test      run the tests of the packages that need no display
#
# Go and MSYS2 must be installed. The first build takes about five minutes.

param(
    [string]$Msys = "C:\msys64",
    [switch]$Deps,
    [switch]$Test
)

$ErrorActionPreference = "Stop"
Set-Location -Path $PSScriptRoot

# Native programs do not throw: their status must be looked at after each call.
function Invoke-Native {
    param([string]$Program, [string[]]$Arguments)
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) {
        throw "$Program ended with status $LASTEXITCODE"
    }
}

$ucrt = Join-Path $Msys "ucrt64"
if (-not (Test-Path $Msys)) {
    throw "MSYS2 is not at $Msys. Install it from msys2.org, or say where it is: .\build.ps1 -Msys D:\msys64"
}
if ($Deps) {
    Invoke-Native (Join-Path $Msys "usr\bin\pacman.exe") @(
        "-S", "--needed", "--noconfirm",
        "mingw-w64-ucrt-x86_64-gcc", "mingw-w64-ucrt-x86_64-hdf5",
        "mingw-w64-ucrt-x86_64-libdeflate", "mingw-w64-ucrt-x86_64-pkgconf"
    )
}

$env:PATH = (Join-Path $ucrt "bin") + ";" + $env:PATH
$env:CGO_ENABLED = "1"
$env:CC = "gcc"
$env:CXX = "g++"
# One constant value: a change builds Dear ImGui again. HDF5 is linked as DLLs; its
# static library would pull in curl and OpenSSL.
$env:CGO_CFLAGS = "-O2 -g -I" + ($ucrt -replace "\\", "/") + "/include"
$env:CGO_LDFLAGS = "-L" + ($ucrt -replace "\\", "/") + "/lib -Wl,-Bdynamic -lhdf5_hl -lhdf5 -Wl,-Bstatic"

if ($Test) {
    Invoke-Native "go" @("test", "./cache/...", "./jobs/...", "./app/session", "./app/player", "./app/action/...", "./app/settings", "./app/sample")
}

$version = (Select-String -Path CHANGELOG.md -Pattern '^## ([0-9]\S*)' | Select-Object -First 1).Matches[0].Groups[1].Value
New-Item -ItemType Directory -Force -Path bin | Out-Null
Invoke-Native "go" @("build", "-ldflags", "-s -w -H=windowsgui -X main.version=$version", "-o", "bin\iceexplorer.exe", ".")
# A program for the desktop has no console to print to. Typed without its ending,
# "iceexplorer" is found as .com first: the same program for consoles, for the verbs.
Invoke-Native "go" @("build", "-ldflags", "-s -w -X main.version=$version", "-o", "bin\iceexplorer.com", ".")

# The DLLs the program needs go beside it.
$dlls = & (Join-Path $Msys "usr\bin\ldd.exe") "bin/iceexplorer.exe" |
    Where-Object { $_ -match "=> (/ucrt64/\S+)" } |
    ForEach-Object { Join-Path $Msys ($Matches[1] -replace "/", "\") }
foreach ($dll in $dlls) {
    Copy-Item -Path $dll -Destination bin -Force
}
Write-Host "bin\iceexplorer.exe $version"
