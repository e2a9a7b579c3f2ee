# Runs the server given as arguments until it ends, and ends it (fast shutdown: SIGINT) as soon as
# our standard input closes, which it does when HeyBlue ends in whatever way.
exec 3<&0 </dev/null
"$@" 3<&- &
server=$!
(read -r nothing <&3; kill -INT $server) &
guard=$!
exec 3<&-
trap : HUP INT TERM
while kill -0 $server 2>/dev/null; do
  wait $server
  status=$?
done
kill $guard 2>/dev/null
exit $status
