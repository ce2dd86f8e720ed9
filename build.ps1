# Builds ICE Explorer on Windows 10 (1809 or later) or 11 with MSYS2's UCRT64 compiler.
#
#   .\build.ps1              build bin\windows\iceexplorer.exe and, for consoles, iceexplorer.com
#   .\build.ps1 -Run         build, and open the window on the built-in sample
#   .\build.ps1 -Test        build, and run the tests
#   .\build.ps1 -Package     build, and pack bin\iceexplorer-VERSION-windows-x64.zip with the licences
#   .\build.ps1 -Msys DIR    where MSYS2 is, if not at C:\msys64
#
# What is missing of Go, MSYS2 and its compiler is installed, by winget. If PowerShell refuses to run the
# script: powershell -ExecutionPolicy Bypass -File build.ps1
#
# The first build takes about ten minutes, most of it for Dear ImGui; later ones take seconds.

[CmdletBinding()]
param(
    [string]$Msys = "",
    [switch]$Run,
    [switch]$Test,
    [switch]$Package
)

$ErrorActionPreference = "Stop"
Set-Location -Path $PSScriptRoot

# Fail says what is wrong and what to do, without PowerShell's own lines around it.
function Fail {
    param([string]$What, [string]$Do)
    Write-Host "build.ps1: $What" -ForegroundColor Red
    Write-Host "           $Do"
    exit 1
}

# Native programs do not throw: their status must be looked at after each call.
function Invoke-Native {
    param([string]$Program, [string[]]$Arguments, [string]$Do)
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) {
        Fail "$Program ended with status $LASTEXITCODE" $Do
    }
}

# Install has winget install a program; $Page is where people get it without winget.
function Install {
    param([string]$Id, [string]$Page)
    if (-not (Get-Command winget -ErrorAction SilentlyContinue)) {
        Fail "$Id is missing, and so is winget, which would install it" "Install it from $Page, open a new window of PowerShell, and run build.ps1 again."
    }
    Write-Host "installing $Id"
    Invoke-Native "winget" @("install", "--exact", "--id", $Id, "--silent", "--accept-package-agreements", "--accept-source-agreements") "Install it from $Page, and run build.ps1 again."
    # What was installed is in the PATH of new processes only.
    $env:PATH = [Environment]::GetEnvironmentVariable("PATH", "Machine") + ";" + [Environment]::GetEnvironmentVariable("PATH", "User")
}

# Bash runs a command of MSYS2 in this folder, with the UCRT64 compiler, and Go, in its PATH.
function Invoke-Bash {
    param([string]$Command, [string]$Do)
    $env:MSYSTEM = "UCRT64"
    $env:CHERE_INVOKING = "1"
    $env:MSYS2_PATH_TYPE = "inherit"
    Invoke-Native $bash @("-lc", $Command) $Do
}

if (-not [Environment]::Is64BitOperatingSystem) {
    Fail "this is a 32-bit Windows" "ICE Explorer needs a 64-bit one."
}

if (-not (Get-Command go -ErrorAction SilentlyContinue)) {
    Install "GoLang.Go" "https://go.dev/dl"
    if (-not (Get-Command go -ErrorAction SilentlyContinue)) {
        Fail "Go was installed but is not found" "Open a new window of PowerShell, and run build.ps1 again."
    }
}

if ($Msys -eq "") {
    $Msys = "C:\msys64"
    if (-not (Test-Path (Join-Path $Msys "usr\bin\bash.exe"))) {
        Install "MSYS2.MSYS2" "https://www.msys2.org"
    }
}
$bash = Join-Path $Msys "usr\bin\bash.exe"
if (-not (Test-Path $bash)) {
    Fail "MSYS2 is not at $Msys" "Install it from https://www.msys2.org, or say where it is: .\build.ps1 -Msys D:\msys64"
}
$ucrt = Join-Path $Msys "ucrt64\bin"
if (-not (Test-Path (Join-Path $ucrt "g++.exe"))) {
    Write-Host "installing the compiler"
    Invoke-Native (Join-Path $Msys "usr\bin\pacman.exe") @("-Sy", "--needed", "--noconfirm", "mingw-w64-ucrt-x86_64-gcc") `
        "Open MSYS2 UCRT64 from the start menu, run 'pacman -Syu' until it has nothing to do, and run build.ps1 again."
}
$env:PATH = $ucrt + ";" + $env:PATH

# zlib, libdeflate and HDF5, static: by the same script, from the same sources as on Linux.
$store = (Join-Path $env:LOCALAPPDATA "iceexplorer-build") -replace "\\", "/"
$prefix = "$store/libs"
Invoke-Bash ".ci/windows/libs.sh '$prefix'" "If its sources could not be fetched: look at the network or the proxy (https_proxy), and run build.ps1 again."

$env:CGO_ENABLED = "1"
$env:GOOS = ""
$env:GOARCH = ""
$env:CC = "gcc"
$env:CXX = "g++"
# One constant value: a change builds Dear ImGui again.
$env:CGO_CFLAGS = "-O2 -g '-I$prefix/include'"
$env:CGO_LDFLAGS = "-static '-L$prefix/lib' -lhdf5_hl -lhdf5 -lz"

$found = Select-String -Path CHANGELOG.md -Pattern '^## ([0-9]\S*)' | Select-Object -First 1
if (-not $found) {
    Fail "CHANGELOG.md has no version" "Get the sources anew."
}
$version = $found.Matches[0].Groups[1].Value
Invoke-Bash ".ci/windows/resources.sh $version windres" "Without them: get the sources anew, and run build.ps1 again."

$out = "bin\windows"
New-Item -ItemType Directory -Force -Path $out | Out-Null
$again = "Read the compiler's message above. After an update of MSYS2 'go clean -cache' helps."
Invoke-Native "go" @("build", "-trimpath", "-ldflags", "-s -w -X main.version=$version -H=windowsgui", "-o", "$out\iceexplorer.exe", ".") $again
# A program for the desktop has no console to print to. Typed without its ending,
# "iceexplorer" is found as .com first: the same program for consoles, for the verbs.
Invoke-Native "go" @("build", "-trimpath", "-ldflags", "-s -w -X main.version=$version", "-o", "$out\iceexplorer.com", ".") $again

# It must run where there is no MSYS2.
$path = $env:PATH
$env:PATH = "$env:SystemRoot\System32"
Invoke-Native (Join-Path $PSScriptRoot "$out\iceexplorer.com") @("--version") "It needs a library that is not part of Windows: please report this."
$env:PATH = $path

if ($Test) {
    # Tests of the built program, and of what HDF5 was told about this system.
    $env:ICEEXPLORER_PROGRAM = Join-Path $PSScriptRoot "$out\iceexplorer.com"
    $env:ICEEXPLORER_H5DETECT = "$prefix/check/H5detect.exe"
    Invoke-Native "go" @("test", "-trimpath", "-timeout", "30m", "-p", "1", "./...") "Read the failures above."
}
if ($Package) {
    Invoke-Bash ".ci/windows/zip.sh $version bin/windows '$prefix/licences'" "Close programs that hold files in bin, and run build.ps1 again."
}
if ($Run) {
    Start-Process -FilePath (Join-Path $PSScriptRoot "$out\iceexplorer.exe") -ArgumentList "--sample"
}
Write-Host "$out\iceexplorer.exe $version"
