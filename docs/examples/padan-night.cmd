@echo off
rem The work of one night in C:\padan, where padan.toml stands; padan-task.xml starts it.
cd /d C:\padan || exit /b 1
padan.exe run --quiet --progress none --wait-lock 10m >>padan.log 2>&1
rem Done, though some rows were rejected (3) or there are alarms (4): see run.json.
if %errorlevel%==3 exit /b 0
if %errorlevel%==4 exit /b 0
exit /b %errorlevel%
