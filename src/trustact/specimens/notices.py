"""The I-247A's notice to the person held, in English, Spanish, French, Portuguese and Vietnamese."""

from trustact.specimens.page import Bar, Block, Gap, Page, Para, Say
from trustact.specimens.places import TOLL_FREE

ENGLISH = (
    "NOTICE TO THE DETAINEE",
    (
        "The Department of Homeland Security (DHS) has placed an immigration detainer on you. An "
        "immigration detainer is a notice to a law enforcement agency that DHS intends to assume custody "
        "of you (after you otherwise would be released from custody) because there is probable cause that "
        "you are subject to removal from the United States under federal immigration law. DHS has "
        "requested that the law enforcement agency that is currently detaining you maintain custody of "
        "you for a period not to exceed 48 hours beyond the time when you would have been released based "
        "on your criminal charges or convictions."
    ),
    (
        "If DHS does not take you into custody during this additional 48 hour period, you should contact "
        "your custodian (the agency that is holding you now) to inquire about your release. If you "
        "believe you are a United States citizen or the victim of a crime, please advise DHS by calling "
        f"the ICE Law Enforcement Support Center toll free at: {TOLL_FREE}."
    ),
)

SPANISH = (
    "NOTIFICACIÓN A LA PERSONA DETENIDA",
    (
        "El Departamento de Seguridad Nacional (DHS) le ha puesto una retención de inmigración. Una "
        "retención de inmigración es un aviso a una agencia de la ley de que DHS tiene la intención de "
        "asumir la custodia de usted (después de que, de otro modo, usted sería puesto en libertad) "
        "porque hay causa probable de que usted está sujeto a ser expulsado de los Estados Unidos bajo la "
        "ley federal de inmigración. DHS ha solicitado que la agencia de la ley que le tiene detenido "
        "actualmente mantenga custodia de usted por un periodo no mayor de 48 horas más allá del momento "
        "en que habría sido puesto en libertad según sus cargos o condenas penales."
    ),
    (
        "Si DHS no le pone en custodia durante este periodo adicional de 48 horas, usted debe comunicarse "
        "con la agencia que le tiene detenido ahora para preguntar acerca de su liberación. Si usted cree "
        "que es ciudadano de los Estados Unidos o la víctima de un crimen, por favor avise a DHS llamando "
        f"gratuitamente al Centro de Apoyo a las Agencias de la Ley de ICE al: {TOLL_FREE}."
    ),
)

FRENCH = (
    "AVIS À LA PERSONNE DÉTENUE",
    (
        "Le Département de la Sécurité intérieure (DHS) a émis à votre encontre un avis de détention pour "
        "des raisons d'immigration. Cet avis informe un organisme chargé de l'application de la loi que "
        "le DHS a l'intention de vous prendre en charge (après la date à laquelle vous auriez autrement "
        "été libéré) parce qu'il existe des motifs probables que vous soyez passible d'expulsion des "
        "États-Unis en vertu de la loi fédérale sur l'immigration. Le DHS a demandé que l'organisme qui "
        "vous détient vous garde pour une période n'excédant pas 48 heures au-delà du moment où vous "
        "auriez été libéré."
    ),
    (
        "Si le DHS ne vous prend pas en charge pendant cette période supplémentaire de 48 heures, vous "
        "devez contacter l'organisme qui vous détient pour vous renseigner sur votre libération. Si vous "
        "croyez être citoyen des États-Unis ou victime d'un crime, veuillez en aviser le DHS au numéro "
        f"gratuit : {TOLL_FREE}."
    ),
)

PORTUGUESE = (
    "NOTIFICAÇÃO À PESSOA DETIDA",
    (
        "O Departamento de Segurança Interna (DHS) emitiu uma ordem de detenção imigratória em seu nome. "
        "Esta ordem é um aviso a um órgão de segurança pública de que o DHS pretende assumir a sua "
        "custódia (depois do momento em que você seria posto em liberdade) porque há causa provável de "
        "que você está sujeito à remoção dos Estados Unidos de acordo com a lei federal de imigração. O "
        "DHS solicitou que o órgão que o mantém detido conserve a sua custódia por um período não "
        "superior a 48 horas além do momento em que você teria sido posto em liberdade."
    ),
    (
        "Se o DHS não assumir a sua custódia durante este período adicional de 48 horas, você deverá "
        "entrar em contato com o órgão que o mantém detido para perguntar sobre a sua liberação. Se você "
        "acredita ser cidadão dos Estados Unidos ou vítima de um crime, avise o DHS pelo telefone "
        f"gratuito: {TOLL_FREE}."
    ),
)


VIETNAMESE = (
    "THÔNG BÁO CHO NGƯỜI BỊ GIAM GIỮ",
    (
        "Bộ Nội An (DHS) đã ra lệnh giam giữ di trú đối với quý vị. Lệnh giam giữ di trú là văn bản thông "
        "báo cho cơ quan công lực biết rằng Bộ Nội An có ý định nhận trách nhiệm giam giữ quý vị (sau khi "
        "quý vị lẽ ra được trả tự do) vì có lý do chính đáng để tin rằng quý vị có thể bị trục xuất khỏi "
        "Hoa Kỳ theo luật di trú liên bang. Bộ Nội An đã yêu cầu cơ quan đang giam giữ quý vị tiếp tục "
        "giữ quý vị không quá 48 giờ sau thời điểm mà lẽ ra quý vị được trả tự do căn cứ theo các cáo "
        "trạng hoặc bản án hình sự."
    ),
    (
        "Nếu Bộ Nội An không nhận giam giữ quý vị trong khoảng 48 giờ thêm này, quý vị nên liên lạc với "
        "cơ quan đang giam giữ quý vị để hỏi về việc trả tự do. Nếu quý vị tin rằng mình là công dân Hoa "
        "Kỳ hoặc là nạn nhân của tội phạm, xin báo cho Bộ Nội An bằng cách gọi số điện thoại miễn phí: "
        f"{TOLL_FREE}."
    ),
)

_FONT = "Libertinus Serif"


def pages(second: tuple[str, str, str], third: tuple[str, str, str]) -> tuple[Page, Page]:
    """The form's second and third page, each with the foot it is given."""
    return (
        Page((*_notice(ENGLISH), *_notice(SPANISH), *_notice(FRENCH)), second, _FONT),
        Page((*_notice(PORTUGUESE), *_notice(VIETNAMESE)), third, _FONT),
    )


def _notice(text: tuple[str, str, str]) -> tuple[Block, ...]:
    title, what, then = text
    return Bar(title, after=7), Para((Say(what),), size=1.3, after=8), Para((Say(then),), size=1.3), Gap(20)
