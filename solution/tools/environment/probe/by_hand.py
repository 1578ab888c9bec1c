"""What the Web API cannot answer: where to look, what to type, and what follows."""

from solution.tools.environment.probe.question import ByHand
from solution.tools.pack import OUTPUT

QUESTIONS = (
    ByHand(
        name="control-of-a-locked-column",
        assumption="A control that is bound to a locked column is told that it is disabled.",
        to_do="Open a saved case whose form shows ticketnumber, and type into the console (F12):",
        types="Xrm.Page.getControl('ticketnumber').getDisabled()",
        otherwise="nothing changes, since the widget judges by the state of the case.",
    ),
    ByHand(
        name="user-settings-in-a-form",
        assumption="A form tells a control the sign-in name of its user, as userPrincipalName.",
        to_do="Open a case, and type into the console:",
        types="Object.keys(Xrm.Utility.getGlobalContext().userSettings)",
        otherwise="who has two accounts in a browser may be asked which one.",
    ),
    ByHand(
        name="sign-in-in-browsers",
        assumption="Representatives sign in to the functions without a window.",
        to_do="Open a case in Edge, Chrome, Safari, Firefox and a private window, and once with two"
        " accounts signed in.",
        otherwise="pop-ups have to be allowed for the environment's address in these browsers.",
    ),
    ByHand(
        name="solution-checker",
        assumption="The solution checker finds nothing critical.",
        to_do="After `make package`, type in the same folder:",
        types=f"pac solution check --path {OUTPUT.as_posix()}",
        otherwise="an environment that enforces the checker refuses the import.",
    ),
    ByHand(
        name="segment-in-the-app",
        assumption="The admin app does not find a segment by its id alone.",
        to_do="Open the list of focus segments in the admin app, and one of its rows.",
        otherwise="segments can be opened there, and should not be deleted there.",
    ),
    ByHand(
        name="imported-parts-wait",
        assumption="New parts of an unmanaged solution are seen as soon as it is imported.",
        to_do="Import the zip into a trial by hand, publish nothing, and open in a browser, behind"
        " the address of the environment:",
        types="/api/data/v9.2/savedqueries?$select=name&$filter=startswith(name,'Focus segments')",
        otherwise="nothing changes, since the deployment publishes.",
    ),
    ByHand(
        name="publishing-a-control",
        assumption="PublishXml does not take a control by its id.",
        to_do="Deploy into a trial, and look for a note that Dataverse does not publish the widget"
        " by itself.",
        otherwise="nothing changes: without the note, forms show a new widget at once.",
    ),
    ByHand(
        name="elastic-table-after-an-import",
        assumption="A new elastic table can be used some minutes after the import.",
        to_do="Deploy into a trial, and note for how long it says that it waits for tables.",
        otherwise="the deployment ends after 15 minutes; run it again.",
    ),
    ByHand(
        name="closed-case-changes",
        assumption="A resolved case can be changed in nothing but its state.",
        to_do="Open a resolved case, and type into the console:",
        types="await Xrm.WebApi.updateRecord('incident', Xrm.Page.data.entity.getId(),"
        " {prioritycode: 1})",
        otherwise="nothing changes, since the functions change no case.",
    ),
    ByHand(
        name="reopened-case",
        assumption="A case that is opened again has its resolution canceled.",
        to_do="Resolve a case, open it again, and open in a browser, behind the address of the"
        " environment:",
        types="/api/data/v9.2/incidentresolutions?$select=statecode&$orderby=createdon desc&$top=1",
        otherwise="nothing changes, since a snapshot is taken of either.",
    ),
    ByHand(
        name="primary-id-of-close-and-merge",
        assumption="PrimaryEntityId names the case in Close, and the surviving one in Merge.",
        to_do="With the webhook in place resolve a case, merge two, and look into the log of the"
        " functions for the two messages and the cases they were about.",
        otherwise="nothing changes, since cases are found by the parameters of a message too.",
    ),
    ByHand(
        name="activities-of-a-merge",
        assumption="Webhooks hear of the activities that a merge moves.",
        to_do="Merge a case that has a completed phone call, and look into the log of the functions"
        " for Update of phonecall.",
        otherwise="nothing changes, since both cases of a merge are totalled.",
    ),
)
